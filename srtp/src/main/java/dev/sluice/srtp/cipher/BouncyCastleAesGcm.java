package dev.sluice.srtp.cipher;

import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.NativeServices;
import org.bouncycastle.crypto.PacketCipherException;
import org.bouncycastle.crypto.modes.AESGCMModePacketCipher;
import org.bouncycastle.crypto.modes.AESGCMPacketCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * AES-GCM by BouncyCastle's packet cipher, which sets up and runs a whole packet in one native call
 * and leaves little garbage. Only for where its native code runs: the same in Java takes fifty
 * times as long.
 */
final class BouncyCastleAesGcm extends ArrayAesGcm {

    /**
     * Associated data up to this size keep their array; RTP headers are rarely larger than 60
     * bytes.
     */
    private static final int MAX_CACHED_ASSOCIATED_DATA_BYTES = 128;

    private final AESGCMModePacketCipher cipher = AESGCMPacketCipher.newInstance();
    private final KeyParameter key;
    private final @Nullable PacketParameters[] parametersBySize =
            new @Nullable PacketParameters[MAX_CACHED_ASSOCIATED_DATA_BYTES + 1];
    private PacketParameters parameters;

    BouncyCastleAesGcm(byte[] key) {
        this.key = new KeyParameter(key);
        this.parameters = new PacketParameters(this.key, nonce(), 0);
    }

    /** Whether this machine's processor and system have BouncyCastle's native code. */
    static boolean isAvailable() {
        return CryptoServicesRegistrar.hasEnabledService(NativeServices.AES_GCM_PC);
    }

    @Override
    byte[] associatedData(int sizeBytes) {
        parameters = parametersOf(sizeBytes);
        return parameters.associatedData;
    }

    @Override
    void seal(byte[] input, int sizeBytes, byte[] output) {
        try {
            cipher.processPacket(true, parameters, input, 0, sizeBytes, output, 0);
        } catch (PacketCipherException e) {
            throw new IllegalStateException("AES-GCM over " + sizeBytes + " bytes", e);
        }
    }

    @Override
    boolean open(byte[] input, int sizeBytes, byte[] output) {
        try {
            cipher.processPacket(false, parameters, input, 0, sizeBytes, output, 0);
            return true;
        } catch (PacketCipherException e) {
            return false;
        }
    }

    private PacketParameters parametersOf(int sizeBytes) {
        if (sizeBytes > MAX_CACHED_ASSOCIATED_DATA_BYTES) {
            return new PacketParameters(key, nonce(), sizeBytes);
        }
        PacketParameters cached = parametersBySize[sizeBytes];
        if (cached == null) {
            cached = new PacketParameters(key, nonce(), sizeBytes);
            parametersBySize[sizeBytes] = cached;
        }
        return cached;
    }

    /**
     * Hands out its arrays instead of copies, so that one object serves every packet of a header
     * size.
     */
    private static final class PacketParameters extends AEADParameters {

        private final byte[] nonce;
        private final byte[] associatedData;

        PacketParameters(KeyParameter key, byte[] nonce, int associatedDataSizeBytes) {
            super(key, 8 * TAG_SIZE_BYTES, nonce);
            this.nonce = nonce;
            this.associatedData = new byte[associatedDataSizeBytes];
        }

        @Override
        public byte[] getNonce() {
            return nonce;
        }

        @Override
        public byte[] getAssociatedText() {
            return associatedData;
        }
    }
}
