package dev.sluice.srtp.cipher;

/** The ciphers of the Java runtime. */
final class JdkProvider extends CipherProvider {

    @Override
    public CipherKind kind() {
        return CipherKind.JCE;
    }

    @Override
    public String libraries() {
        return "Java " + Runtime.version();
    }

    @Override
    AesGcm aesGcm(byte[] key) {
        return new JdkAesGcm(key);
    }

    @Override
    PacketKeystream keystream(byte[] key) {
        return new JdkKeystream(key);
    }

    @Override
    PacketMac mac(byte[] key) {
        return new JdkHmacSha1(key);
    }
}
