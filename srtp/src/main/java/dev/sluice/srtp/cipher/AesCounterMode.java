package dev.sluice.srtp.cipher;

import org.bouncycastle.crypto.PacketCipherException;
import org.bouncycastle.crypto.modes.AESCTRModePacketCipher;
import org.bouncycastle.crypto.modes.AESCTRPacketCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

import java.util.Arrays;

/** AES in counter mode with one key and a counter block that is rewritten for each packet. */
final class AesCounterMode {

    static final int BLOCK_SIZE_BYTES = 16;

    private final AESCTRModePacketCipher cipher = AESCTRPacketCipher.newInstance();
    private final ParametersWithIV parameters;

    AesCounterMode(byte[] key) {
        parameters = new ParametersWithIV(new KeyParameter(key), new byte[BLOCK_SIZE_BYTES]);
    }

    /**
     * The counter block that the next {@link #process} starts from, all zero, for the caller to
     * fill.
     */
    byte[] counter() {
        // ParametersWithIV hands out its own array: writing to it spares an object per packet.
        byte[] counter = parameters.getIV();
        Arrays.fill(counter, (byte) 0);
        return counter;
    }

    /** Encrypts or, being its own inverse, decrypts the first {@code sizeBytes} of the input. */
    void process(byte[] input, int sizeBytes, byte[] output) {
        if (sizeBytes == 0) {
            return;
        }
        try {
            cipher.processPacket(true, parameters, input, 0, sizeBytes, output, 0);
        } catch (PacketCipherException e) {
            throw new IllegalStateException("AES counter mode over " + sizeBytes + " bytes", e);
        }
    }
}
