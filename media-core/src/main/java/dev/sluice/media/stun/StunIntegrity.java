package dev.sluice.media.stun;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes and checks MESSAGE-INTEGRITY (RFC 8489, section 14.5) under one key. Not thread-safe: an
 * instance belongs to one agent.
 */
public final class StunIntegrity {

    /** HMAC-SHA1. */
    static final int SIZE_BYTES = 20;

    private static final String ALGORITHM = "HmacSHA1";
    private static final int LENGTH_OFFSET = 2;
    private static final int AFTER_LENGTH_OFFSET = 4;

    private final Mac mac;

    private StunIntegrity(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        }
    }

    /** The short-term credential mechanism of ICE: the key is the password itself. */
    public static StunIntegrity ofPassword(String password) {
        return new StunIntegrity(password.getBytes(StandardCharsets.UTF_8));
    }

    /** A key computed elsewhere, such as the MD5 of the long-term mechanism; not empty. */
    public static StunIntegrity ofKey(byte[] key) {
        return new StunIntegrity(key);
    }

    /**
     * The value for a message whose MESSAGE-INTEGRITY attribute begins {@code sizeBytes} after
     * {@code index}. The length field is taken as if the message ended with that attribute,
     * whatever it says.
     */
    byte[] compute(ByteBuf message, int index, int sizeBytes) {
        byte[] covered = ByteBufUtil.getBytes(message, index, sizeBytes);
        int length =
                sizeBytes
                        - StunMessage.HEADER_SIZE_BYTES
                        + StunMessage.ATTRIBUTE_HEADER_SIZE_BYTES
                        + SIZE_BYTES;
        mac.update(covered, 0, LENGTH_OFFSET);
        mac.update((byte) (length >> 8));
        mac.update((byte) length);
        return mac.doFinal(Arrays.copyOfRange(covered, AFTER_LENGTH_OFFSET, sizeBytes));
    }

    boolean matches(ByteBuf message, int index, int sizeBytes, byte[] received) {
        return MessageDigest.isEqual(compute(message, index, sizeBytes), received);
    }
}
