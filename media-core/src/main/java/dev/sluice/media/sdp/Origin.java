package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Who made a description, {@code o=} (RFC 8866 section 5.2).
 *
 * @param username {@code -} for none
 * @param sessionId digits; with the other parts but the version it names the session
 * @param version grows with each change
 */
public record Origin(
        String username,
        String sessionId,
        long version,
        String netType,
        String addressType,
        String address) {

    static final String FORM = "<username> <session id> <version> <nettype> <addrtype> <address>";

    /** Room for a number of 64 bits. */
    private static final int MAX_SESSION_ID_DIGITS = 20;

    /** Of a description that says nothing about its maker (RFC 8829 section 5.2.1). */
    static Origin of(long sessionId, long version) {
        return new Origin("-", Long.toString(sessionId), version, "IN", "IP4", "127.0.0.1");
    }

    static @Nullable Origin read(String value) {
        List<String> words = Numbers.words(value);
        if (words.size() != 6) {
            return null;
        }
        String sessionId = words.get(1);
        long version = version(words.get(2));
        if (!Numbers.isDigits(sessionId)
                || sessionId.length() > MAX_SESSION_ID_DIGITS
                || version < 0) {
            return null;
        }
        return new Origin(
                words.get(0), sessionId, version, words.get(3), words.get(4), words.get(5));
    }

    /** Some clients start at a random number of 63 bits. */
    private static long version(String digits) {
        boolean isLong =
                digits.length() < 19
                        || (digits.length() == 19
                                && digits.compareTo(Long.toString(Long.MAX_VALUE)) < 0);
        return isLong && Numbers.isDigits(digits) ? Long.parseLong(digits) : -1;
    }

    Origin withVersion(long next) {
        return new Origin(username, sessionId, next, netType, addressType, address);
    }

    @Override
    public String toString() {
        return String.join(
                " ", username, sessionId, Long.toString(version), netType, addressType, address);
    }
}
