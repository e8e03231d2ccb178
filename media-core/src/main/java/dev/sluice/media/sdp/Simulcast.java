package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The simulcast streams of a media section, seen from the one who says it (RFC 8853 section 5.1):
 *
 * <pre>
 * a=simulcast:send 1,~4;2;3 recv 5
 * </pre>
 *
 * @param send streams in the order of preference, each a list of alternatives; empty for none
 * @param recv the same for the other way
 */
public record Simulcast(List<List<Version>> send, List<List<Version>> recv) {

    /**
     * One form in which a stream may be sent.
     *
     * @param isPaused said by {@code ~}: not sent from the start
     */
    public record Version(String rid, boolean isPaused) {

        @Override
        public String toString() {
            return isPaused ? "~" + rid : rid;
        }
    }

    private static final String SEND = "send";
    private static final String RECV = "recv";

    public Simulcast {
        send = send.stream().map(List::copyOf).toList();
        recv = recv.stream().map(List::copyOf).toList();
    }

    static @Nullable Simulcast read(String value) {
        List<String> words = Numbers.words(value);
        boolean isSendFirst = words.getFirst().equals(SEND);
        boolean isForm =
                words.size() == 2
                        ? isSendFirst || words.getFirst().equals(RECV)
                        : words.size() == 4 && isBothWays(words.get(0), words.get(2));
        List<List<Version>> first = isForm ? streams(words.get(1)) : null;
        List<List<Version>> second = words.size() == 4 ? streams(words.get(3)) : List.of();
        if (first == null || second == null) {
            return null;
        }
        return isSendFirst ? new Simulcast(first, second) : new Simulcast(second, first);
    }

    private static boolean isBothWays(String first, String second) {
        return (first.equals(SEND) && second.equals(RECV))
                || (first.equals(RECV) && second.equals(SEND));
    }

    private static @Nullable List<List<Version>> streams(String list) {
        List<List<Version>> streams = new ArrayList<>();
        for (String stream : list.split(";", -1)) {
            List<Version> versions = new ArrayList<>();
            for (String version : stream.split(",", -1)) {
                boolean isPaused = version.startsWith("~");
                String rid = isPaused ? version.substring(1) : version;
                if (!Rid.isId(rid)) {
                    return null;
                }
                versions.add(new Version(rid, isPaused));
            }
            streams.add(versions);
        }
        return streams;
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        write(SEND, send, words);
        write(RECV, recv, words);
        return String.join(" ", words);
    }

    private static void write(String way, List<List<Version>> streams, List<String> words) {
        if (!streams.isEmpty()) {
            words.add(way);
            words.add(String.join(";", streams.stream().map(Simulcast::alternatives).toList()));
        }
    }

    private static String alternatives(List<Version> versions) {
        return String.join(",", versions.stream().map(Version::toString).toList());
    }
}
