package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The stream and the track of a media section (RFC 8830 section 2).
 *
 * @param streamId {@code -} for none
 * @param trackId empty where none is named
 */
public record Msid(String streamId, String trackId) {

    static @Nullable Msid read(String value) {
        List<String> words = Numbers.words(value);
        if (words.getFirst().isEmpty() || words.size() > 2) {
            return null;
        }
        return new Msid(words.getFirst(), words.size() == 2 ? words.get(1) : "");
    }

    @Override
    public String toString() {
        return trackId.isEmpty() ? streamId : streamId + " " + trackId;
    }
}
