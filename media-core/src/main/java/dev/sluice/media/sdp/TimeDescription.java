package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a session is active, {@code t=} with its {@code r=} and {@code z=} (RFC 8866 sections 5.9 to
 * 5.11). WebRTC writes {@code t=0 0}: always.
 *
 * @param start seconds since 1900, 0 for no bound
 * @param stop the same
 * @param repeats the values of {@code r=}
 * @param zones the value of {@code z=}
 */
public record TimeDescription(long start, long stop, List<String> repeats, Optional<String> zones) {

    static final String FORM = "<start time> <stop time>";
    static final String REPEAT_FORM = "<interval> <duration> <offset> …";
    static final String ZONE_FORM = "<time> <offset> …";

    /** Without bounds. */
    static final TimeDescription ALWAYS = new TimeDescription(0, 0, List.of(), Optional.empty());

    public TimeDescription {
        repeats = List.copyOf(repeats);
    }

    static @Nullable TimeDescription read(String value) {
        List<String> words = Numbers.words(value);
        long start = words.size() == 2 ? Numbers.parseLongest(words.get(0)) : -1;
        long stop = words.size() == 2 ? Numbers.parseLongest(words.get(1)) : -1;
        return start < 0 || stop < 0
                ? null
                : new TimeDescription(start, stop, List.of(), Optional.empty());
    }

    static boolean isRepeat(String value) {
        return Numbers.words(value).size() >= 3;
    }

    static boolean isZones(String value) {
        return Numbers.words(value).size() % 2 == 0;
    }

    TimeDescription withRepeat(String repeat) {
        List<String> all = new ArrayList<>(repeats);
        all.add(repeat);
        return new TimeDescription(start, stop, all, zones);
    }

    TimeDescription withZones(String value) {
        return new TimeDescription(start, stop, repeats, Optional.of(value));
    }

    void writeTo(SdpText text) {
        text.line('t', start + " " + stop);
        repeats.forEach(repeat -> text.line('r', repeat));
        zones.ifPresent(value -> text.line('z', value));
    }
}
