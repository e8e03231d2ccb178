package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Feedback that a receiver may send (RFC 4585 section 4.2).
 *
 * @param format a payload type, or {@link #ANY}
 * @param feedback such as {@code nack}, {@code nack pli}, {@code ccm fir}, {@code trr-int 100}
 */
public record RtcpFeedback(String format, String feedback) {

    /** All formats of the media section. */
    public static final String ANY = "*";

    static @Nullable RtcpFeedback read(String value) {
        List<String> words = Numbers.words(value);
        boolean isFormat =
                words.getFirst().equals(ANY) || Numbers.parse(words.getFirst(), 127) >= 0;
        return isFormat && words.size() >= 2
                ? new RtcpFeedback(
                        words.getFirst(), String.join(" ", words.subList(1, words.size())))
                : null;
    }

    public boolean appliesTo(int payloadType) {
        return format.equals(ANY) || Numbers.parse(format, 127) == payloadType;
    }

    @Override
    public String toString() {
        return format + " " + feedback;
    }
}
