package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What {@code msid} values mean, from drafts before RFC 8830; written by everybody and of no
 * consequence. Clients put a space before it.
 *
 * @param semantics {@code WMS}
 * @param streamIds {@code *} for all
 */
public record MsidSemantic(String semantics, List<String> streamIds) {

    public MsidSemantic {
        streamIds = List.copyOf(streamIds);
    }

    static @Nullable MsidSemantic read(String value) {
        List<String> words = Numbers.words(value);
        return words.getFirst().isEmpty()
                ? null
                : new MsidSemantic(words.getFirst(), words.subList(1, words.size()));
    }

    @Override
    public String toString() {
        return streamIds.isEmpty() ? semantics : semantics + " " + String.join(" ", streamIds);
    }
}
