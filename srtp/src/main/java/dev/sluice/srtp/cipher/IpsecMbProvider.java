package dev.sluice.srtp.cipher;

import org.jspecify.annotations.Nullable;

/**
 * Intel's library for AES-GCM. It is made to hash many packets at a time; for one after the other,
 * as counter mode with HMAC-SHA1 needs it, another provider is as fast.
 */
final class IpsecMbProvider extends CipherProvider {

    private final CipherProvider counterMode;

    /**
     * @param counterMode what the profiles with counter mode and HMAC-SHA1 run on
     */
    IpsecMbProvider(CipherProvider counterMode) {
        this.counterMode = counterMode;
    }

    /** Why there is none here; null when there is. */
    static @Nullable String problem() {
        return NativeMemory.problem() != null ? NativeMemory.problem() : IpsecMb.problem();
    }

    @Override
    public CipherKind kind() {
        return CipherKind.IPSEC_MB;
    }

    @Override
    public String libraries() {
        return IpsecMb.version() + ", for AES-CM: " + counterMode.libraries();
    }

    @Override
    AesGcm aesGcm(byte[] key) {
        return new IpsecMbAesGcm(key);
    }

    @Override
    PacketKeystream keystream(byte[] key) {
        return counterMode.keystream(key);
    }

    @Override
    PacketMac mac(byte[] key) {
        return counterMode.mac(key);
    }
}
