package dev.sluice.server.router;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of a session for logs and listings. The id in a session's URL gives the right to end it,
 * so it is not shown; this one is made of it by a way that leads only there.
 */
final class PublicId {

    /** 64 bits: two sessions with the same one are not to be expected. */
    private static final int SIZE_BYTES = 8;

    private PublicId() {}

    static String of(String sessionId) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(sessionId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SIZE_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
