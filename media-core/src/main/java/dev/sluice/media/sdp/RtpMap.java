package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a payload type means (RFC 8866 section 6.6):
 *
 * <pre>
 * a=rtpmap:payload-type encoding-name/clock-rate[/encoding-parameters]
 * </pre>
 *
 * @param payloadType 0 to 127
 * @param encodingName its case does not matter
 * @param clockRateHz at least 1
 * @param parameters the channels of audio; empty without
 */
public record RtpMap(int payloadType, String encodingName, int clockRateHz, String parameters) {

    private static final int MAX_CLOCK_RATE_HZ = 1_000_000_000;

    static @Nullable RtpMap read(String value) {
        List<String> words = Numbers.words(value);
        String[] encoding = words.size() == 2 ? words.get(1).split("/", 3) : new String[0];
        int payloadType = Numbers.parse(words.getFirst(), 127);
        if (encoding.length < 2 || payloadType < 0 || encoding[0].isEmpty()) {
            return null;
        }
        int clockRateHz = Numbers.parse(encoding[1], MAX_CLOCK_RATE_HZ);
        String parameters = encoding.length == 3 ? encoding[2] : "";
        return clockRateHz < 1
                ? null
                : new RtpMap(payloadType, encoding[0], clockRateHz, parameters);
    }

    /** Audio channels, 1 where none are named. */
    public int channels() {
        return Math.max(1, Numbers.parse(parameters, 255));
    }

    @Override
    public String toString() {
        String map = payloadType + " " + encodingName + "/" + clockRateHz;
        return parameters.isEmpty() ? map : map + "/" + parameters;
    }
}
