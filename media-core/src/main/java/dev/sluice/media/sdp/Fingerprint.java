package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/**
 * A certificate's hash (RFC 8122 section 5).
 *
 * @param hash such as {@code sha-256}; its case does not matter
 * @param digest two hexadecimal digits for each byte, colons between them
 */
public record Fingerprint(String hash, String digest) {

    static @Nullable Fingerprint read(String value) {
        List<String> words = Numbers.words(value);
        return words.size() == 2 && isDigest(words.get(1))
                ? new Fingerprint(words.getFirst(), words.get(1))
                : null;
    }

    private static boolean isDigest(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean isColon = i % 3 == 2;
            char found = text.charAt(i);
            if (isColon ? found != ':' : found > 'f' || Character.digit(found, 16) < 0) {
                return false;
            }
        }
        return text.length() % 3 == 2;
    }

    /** Whether both name the same bytes under the same hash. */
    public boolean matches(Fingerprint other) {
        return hash.equalsIgnoreCase(other.hash) && digest.equalsIgnoreCase(other.digest);
    }

    /** The same in small letters for the hash and capitals for the digest, to compare by. */
    Fingerprint normal() {
        return new Fingerprint(hash.toLowerCase(Locale.ROOT), digest.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return hash + " " + digest;
    }
}
