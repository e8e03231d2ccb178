package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Words with spaces between them, such as {@code trickle ice2} of {@code a=ice-options} (RFC 8839
 * section 5.6).
 *
 * @param words at least one
 */
public record WordList(List<String> words) {

    public WordList {
        words = List.copyOf(words);
    }

    static @Nullable WordList read(String value) {
        List<String> words = Numbers.words(value);
        return words.getFirst().isEmpty() ? null : new WordList(words);
    }

    public boolean contains(String word) {
        return words.contains(word);
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
