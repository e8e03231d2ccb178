package dev.sluice.srtp.cipher;

import org.bouncycastle.util.Arrays;

import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA1 with one key. The JDK's, because it runs on the processor's SHA instructions; it
 * allocates the digest.
 */
final class HmacSha1 {

    private static final String ALGORITHM = "HmacSHA1";

    private final Mac mac;

    HmacSha1(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing from the Java runtime", e);
        }
    }

    /**
     * Writes the first {@code tagSizeBytes} of the digest of {@code data[0, sizeBytes)} behind it.
     */
    void append(byte[] data, int sizeBytes, int tagSizeBytes, byte[] to, int offset) {
        System.arraycopy(digest(data, sizeBytes), 0, to, offset, tagSizeBytes);
    }

    /**
     * Whether {@code tag[offset, offset + tagSizeBytes)} belongs to {@code data[0, sizeBytes)}, in
     * constant time.
     */
    boolean verify(byte[] data, int sizeBytes, byte[] tag, int offset, int tagSizeBytes) {
        return Arrays.constantTimeAreEqual(tagSizeBytes, digest(data, sizeBytes), 0, tag, offset);
    }

    private byte[] digest(byte[] data, int sizeBytes) {
        mac.update(data, 0, sizeBytes);
        return mac.doFinal();
    }
}
