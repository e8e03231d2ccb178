package dev.sluice.srtp.cipher;

import org.bouncycastle.crypto.CryptoServicesRegistrar;

/** BouncyCastle, with AES-GCM of the Java runtime where it has no native code for the machine. */
final class BouncyCastleProvider extends CipherProvider {

    static final BouncyCastleProvider INSTANCE = new BouncyCastleProvider();

    private BouncyCastleProvider() {}

    @Override
    public CipherKind kind() {
        return CipherKind.BOUNCYCASTLE;
    }

    @Override
    public String libraries() {
        return CryptoServicesRegistrar.getInfo()
                + (BouncyCastleAesGcm.isAvailable() ? "" : "; AES-GCM by the Java runtime");
    }

    @Override
    AesGcm aesGcm(byte[] key) {
        return BouncyCastleAesGcm.isAvailable() ? new BouncyCastleAesGcm(key) : new JdkAesGcm(key);
    }

    @Override
    PacketKeystream keystream(byte[] key) {
        return new BouncyCastleKeystream(key);
    }

    @Override
    PacketMac mac(byte[] key) {
        return new JdkHmacSha1(key);
    }
}
