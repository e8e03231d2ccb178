package dev.sluice.server.http;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;

/**
 * The accepted bearer tokens (RFC 6750). Only their digests are kept, which makes a comparison take
 * the same time for all.
 */
public final class BearerTokens {

    private static final String SCHEME = "bearer ";

    private final List<byte[]> digests;

    public BearerTokens(List<String> tokens) {
        digests = tokens.stream().map(BearerTokens::digest).toList();
    }

    public boolean isEmpty() {
        return digests.isEmpty();
    }

    /** Whether the value of an Authorization header holds one of the tokens. */
    public boolean accepts(@Nullable String authorization) {
        String token = tokenOf(authorization);
        if (token == null) {
            return false;
        }
        byte[] given = digest(token);
        boolean isAccepted = false;
        for (byte[] expected : digests) {
            isAccepted |= MessageDigest.isEqual(expected, given);
        }
        return isAccepted;
    }

    public static @Nullable String tokenOf(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return null;
        }
        return authorization.substring(SCHEME.length()).strip();
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
