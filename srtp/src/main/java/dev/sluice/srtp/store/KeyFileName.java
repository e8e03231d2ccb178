package dev.sluice.srtp.store;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a key file: the SHA-256 of the session id and the version, so that no session id can
 * lead out of the directory and none can be read from a listing.
 *
 * @param sessionHash 64 hexadecimal digits
 * @param version 1 or more
 */
record KeyFileName(String sessionHash, int version) {

    static final String SUFFIX = ".keys";

    /** In bytes of UTF-8. */
    static final int MAX_SESSION_ID_BYTES = 1024;

    /** What nine digits can say. */
    static final int MAX_VERSION = 999_999_999;

    private static final Pattern PATTERN =
            Pattern.compile("([0-9a-f]{64})-([1-9][0-9]{0,8})\\.keys");

    /** Null for the name of any other file. */
    static @Nullable KeyFileName parse(String name) {
        Matcher matcher = PATTERN.matcher(name);
        return matcher.matches()
                ? new KeyFileName(matcher.group(1), Integer.parseInt(matcher.group(2)))
                : null;
    }

    /**
     * @throws IllegalArgumentException when the id is empty, too long, or no Unicode text
     */
    static String hash(String sessionId) {
        ByteBuffer bytes = encode(sessionId);
        if (!bytes.hasRemaining() || bytes.remaining() > MAX_SESSION_ID_BYTES) {
            throw new IllegalArgumentException(
                    "session id of %d bytes, not 1 to %d"
                            .formatted(bytes.remaining(), MAX_SESSION_ID_BYTES));
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from the Java runtime", e);
        }
    }

    byte[] hashBytes() {
        return HexFormat.of().parseHex(sessionHash);
    }

    @Override
    public String toString() {
        return sessionHash + "-" + version + SUFFIX;
    }

    /** Strictly: with replacement letters two ids could become one. */
    private static ByteBuffer encode(String sessionId) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(sessionId));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("session id is not Unicode text", e);
        }
    }
}
