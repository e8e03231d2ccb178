package dev.sluice.srtp.cipher;

import org.bouncycastle.util.Pack;

import java.security.GeneralSecurityException;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Counter mode by the JDK; a packet leaves the objects behind that its counter block needs. */
final class JdkKeystream extends ArrayKeystream {

    private static final String TRANSFORMATION = "AES/CTR/NoPadding";

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] counter = new byte[AesCounterMode.BLOCK_SIZE_BYTES];

    JdkKeystream(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        try {
            cipher = Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    TRANSFORMATION + " is missing from the Java runtime", e);
        }
    }

    @Override
    void process(long counterHead, long counterTail, byte[] input, int sizeBytes, byte[] output) {
        Pack.longToBigEndian(counterHead, counter, 0);
        Pack.longToBigEndian(counterTail, counter, Long.BYTES);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
            cipher.doFinal(input, 0, sizeBytes, output, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(TRANSFORMATION + " over " + sizeBytes + " bytes", e);
        }
    }
}
