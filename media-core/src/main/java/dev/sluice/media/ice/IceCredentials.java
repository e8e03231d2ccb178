package dev.sluice.media.ice;

import java.util.random.RandomGenerator;

/**
 * A user name fragment and a password (RFC 8445 section 5.3; grammar: RFC 8839 section 5.4).
 *
 * @param ufrag 4 to 256 ice-chars
 * @param password 22 to 256 ice-chars; never printed
 */
public record IceCredentials(String ufrag, String password) {

    private static final String ICE_CHARS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** 72 bits: two sessions never share one, which the single port relies on. */
    private static final int RANDOM_UFRAG_CHARS = 12;

    /** 144 bits; at least 128 are demanded. */
    private static final int RANDOM_PASSWORD_CHARS = 24;

    private static final int MIN_UFRAG_CHARS = 4;
    private static final int MIN_PASSWORD_CHARS = 22;
    private static final int MAX_CHARS = 256;

    /** Throws IllegalArgumentException where a part is not of the grammar. */
    public IceCredentials {
        if (!isUfrag(ufrag)) {
            throw new IllegalArgumentException(
                    "Not an ICE ufrag of 4 to 256 ice-chars: '" + ufrag + "'");
        }
        if (!isPassword(password)) {
            throw new IllegalArgumentException("The ICE password is not of 22 to 256 ice-chars");
        }
    }

    /** New credentials; the source must be a cryptographic one outside tests. */
    public static IceCredentials random(RandomGenerator random) {
        return new IceCredentials(
                randomText(random, RANDOM_UFRAG_CHARS), randomText(random, RANDOM_PASSWORD_CHARS));
    }

    public static boolean isUfrag(String text) {
        return text.length() >= MIN_UFRAG_CHARS && isIceText(text);
    }

    public static boolean isPassword(String text) {
        return text.length() >= MIN_PASSWORD_CHARS && isIceText(text);
    }

    private static boolean isIceText(String text) {
        return text.length() <= MAX_CHARS && text.chars().allMatch(c -> ICE_CHARS.indexOf(c) >= 0);
    }

    private static String randomText(RandomGenerator random, int chars) {
        var text = new StringBuilder(chars);
        for (int i = 0; i < chars; i++) {
            text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "IceCredentials[ufrag=" + ufrag + "]";
    }
}
