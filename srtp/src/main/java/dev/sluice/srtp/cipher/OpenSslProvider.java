package dev.sluice.srtp.cipher;

import org.jspecify.annotations.Nullable;

/** OpenSSL, by calls without copies and without garbage. */
final class OpenSslProvider extends CipherProvider {

    /** Why there is none here; null when there is. */
    static @Nullable String problem() {
        OpenSslHmacSha1.link();
        return NativeMemory.problem() != null ? NativeMemory.problem() : OpenSsl.problem();
    }

    @Override
    public CipherKind kind() {
        return CipherKind.OPENSSL;
    }

    @Override
    public String libraries() {
        return OpenSsl.version();
    }

    @Override
    AesGcm aesGcm(byte[] key) {
        return new OpenSslAesGcm(key);
    }

    @Override
    PacketKeystream keystream(byte[] key) {
        return new OpenSslKeystream(key);
    }

    @Override
    PacketMac mac(byte[] key) {
        return new OpenSslHmacSha1(key);
    }
}
