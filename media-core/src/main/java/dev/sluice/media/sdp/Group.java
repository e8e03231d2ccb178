package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Media sections that belong together (RFC 5888 section 5).
 *
 * @param semantics {@code BUNDLE} for one transport (RFC 9143), {@code LS} for lip synchronisation,
 *     or another word
 */
public record Group(String semantics, List<String> mids) {

    public static final String BUNDLE = "BUNDLE";
    public static final String LIP_SYNC = "LS";

    public Group {
        mids = List.copyOf(mids);
    }

    static @Nullable Group read(String value) {
        List<String> words = Numbers.words(value);
        return words.getFirst().isEmpty()
                ? null
                : new Group(words.getFirst(), words.subList(1, words.size()));
    }

    @Override
    public String toString() {
        return mids.isEmpty() ? semantics : semantics + " " + String.join(" ", mids);
    }
}
