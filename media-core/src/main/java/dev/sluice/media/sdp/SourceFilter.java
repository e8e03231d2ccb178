package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Which senders a receiver of plain RTP takes (RFC 4570 section 3).
 *
 * @param isIncluding whether only the sources are taken, or all but them
 * @param addressTypes {@code IP4}, {@code IP6}, or {@code *}
 * @param destination an address, or {@code *}
 * @param sources at least one
 */
public record SourceFilter(
        boolean isIncluding,
        String netType,
        String addressTypes,
        String destination,
        List<String> sources) {

    private static final String INCLUDING = "incl";
    private static final String EXCLUDING = "excl";

    public SourceFilter {
        sources = List.copyOf(sources);
    }

    static @Nullable SourceFilter read(String value) {
        List<String> words = Numbers.words(value);
        boolean isIncluding = words.getFirst().equals(INCLUDING);
        if (words.size() < 5 || (!isIncluding && !words.getFirst().equals(EXCLUDING))) {
            return null;
        }
        return new SourceFilter(
                isIncluding,
                words.get(1),
                words.get(2),
                words.get(3),
                words.subList(4, words.size()));
    }

    @Override
    public String toString() {
        return String.join(
                " ",
                isIncluding ? INCLUDING : EXCLUDING,
                netType,
                addressTypes,
                destination,
                String.join(" ", sources));
    }
}
