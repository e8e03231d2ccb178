package dev.sluice.media.payload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The format parameters of Opus in {@code a=fmtp}, RFC 7587 section 6.1. The RTP clock is 48 kHz
 * and the channel count in {@code a=rtpmap} 2, always. {@code ptime} and {@code maxptime} are lines
 * of their own in SDP (section 7), but appear among the parameters too.
 *
 * @param maxPlaybackRateHz the highest sampling rate the receiver plays, 8000 to 48000
 * @param maxCaptureRateHz the highest sampling rate the sender records, 8000 to 48000
 * @param maxPacketMillis the longest packet the decoder wants, 3 to 120
 * @param packetMillis the length of packet the decoder prefers, 3 to 120
 * @param maxAverageBitrateBps that the receiver takes, 6000 to 510000; 0 leaves it to the sender
 * @param prefersStereo whether the receiver prefers stereo to mono
 * @param sendsStereo whether the sender may send stereo
 * @param constantBitrate whether the receiver wants a constant bitrate
 * @param inBandFec whether the decoder makes use of in-band FEC
 * @param discontinuous whether the decoder prefers discontinuous transmission
 */
public record OpusFormat(
        int maxPlaybackRateHz,
        int maxCaptureRateHz,
        int maxPacketMillis,
        int packetMillis,
        int maxAverageBitrateBps,
        boolean prefersStereo,
        boolean sendsStereo,
        boolean constantBitrate,
        boolean inBandFec,
        boolean discontinuous) {

    /** What holds where a parameter is absent. */
    public static final OpusFormat DEFAULT =
            new OpusFormat(48_000, 48_000, 120, 20, 0, false, false, false, false, false);

    public static final int MIN_RATE_HZ = 8_000;
    public static final int MAX_RATE_HZ = 48_000;
    public static final int MIN_PACKET_MILLIS = 3;
    public static final int MAX_PACKET_MILLIS = 120;
    public static final int MIN_BITRATE_BPS = 6_000;
    public static final int MAX_BITRATE_BPS = 510_000;

    /** In {@code a=rtpmap}, whatever is sent (RFC 7587 section 7). */
    public static final int CHANNELS = 2;

    private static final int MAX_DIGITS = 9;

    public OpusFormat {
        require(maxPlaybackRateHz, MIN_RATE_HZ, MAX_RATE_HZ, "maxplaybackrate");
        require(maxCaptureRateHz, MIN_RATE_HZ, MAX_RATE_HZ, "sprop-maxcapturerate");
        require(maxPacketMillis, MIN_PACKET_MILLIS, MAX_PACKET_MILLIS, "maxptime");
        require(packetMillis, MIN_PACKET_MILLIS, MAX_PACKET_MILLIS, "ptime");
        if (maxAverageBitrateBps != 0) {
            require(maxAverageBitrateBps, MIN_BITRATE_BPS, MAX_BITRATE_BPS, "maxaveragebitrate");
        }
    }

    private static void require(int value, int min, int max, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "%s is %d, not %d to %d".formatted(name, value, min, max));
        }
    }

    /**
     * Of a description's parameters. Unknown ones are ignored, as section 6.1 asks; so are values
     * that are no number or out of range, for which the default holds.
     *
     * @param parameters names in lower case
     */
    public static OpusFormat of(Map<String, String> parameters) {
        return new OpusFormat(
                number(parameters, "maxplaybackrate", MIN_RATE_HZ, MAX_RATE_HZ, MAX_RATE_HZ),
                number(parameters, "sprop-maxcapturerate", MIN_RATE_HZ, MAX_RATE_HZ, MAX_RATE_HZ),
                number(
                        parameters,
                        "maxptime",
                        MIN_PACKET_MILLIS,
                        MAX_PACKET_MILLIS,
                        DEFAULT.maxPacketMillis),
                number(
                        parameters,
                        "ptime",
                        MIN_PACKET_MILLIS,
                        MAX_PACKET_MILLIS,
                        DEFAULT.packetMillis),
                number(parameters, "maxaveragebitrate", MIN_BITRATE_BPS, MAX_BITRATE_BPS, 0),
                flag(parameters, "stereo"),
                flag(parameters, "sprop-stereo"),
                flag(parameters, "cbr"),
                flag(parameters, "useinbandfec"),
                flag(parameters, "usedtx"));
    }

    private static int number(
            Map<String, String> parameters, String name, int min, int max, int absent) {
        String text = parameters.getOrDefault(name, "");
        boolean isNumber =
                !text.isEmpty()
                        && text.length() <= MAX_DIGITS
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int value = isNumber ? Integer.parseInt(text) : -1;
        return value < min || value > max ? absent : value;
    }

    private static boolean flag(Map<String, String> parameters, String name) {
        return "1".equals(parameters.get(name));
    }

    /** The parameters that differ from their default, in the order of the RFC. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "maxplaybackrate", maxPlaybackRateHz, DEFAULT.maxPlaybackRateHz);
        put(parameters, "sprop-maxcapturerate", maxCaptureRateHz, DEFAULT.maxCaptureRateHz);
        put(parameters, "maxptime", maxPacketMillis, DEFAULT.maxPacketMillis);
        put(parameters, "ptime", packetMillis, DEFAULT.packetMillis);
        put(parameters, "maxaveragebitrate", maxAverageBitrateBps, 0);
        put(parameters, "stereo", prefersStereo ? 1 : 0, 0);
        put(parameters, "sprop-stereo", sendsStereo ? 1 : 0, 0);
        put(parameters, "cbr", constantBitrate ? 1 : 0, 0);
        put(parameters, "useinbandfec", inBandFec ? 1 : 0, 0);
        put(parameters, "usedtx", discontinuous ? 1 : 0, 0);
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, int value, int absent) {
        if (value != absent) {
            parameters.put(name, Integer.toString(value));
        }
    }

    /** The parameters as {@code a=fmtp} has them behind the payload type; empty for none. */
    public String fmtp() {
        StringJoiner joiner = new StringJoiner(";");
        parameters().forEach((name, value) -> joiner.add(name + "=" + value));
        return joiner.toString();
    }
}
