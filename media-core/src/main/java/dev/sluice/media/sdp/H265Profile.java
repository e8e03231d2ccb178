package dev.sluice.media.sdp;

import java.util.Locale;
import java.util.Map;

/**
 * Which H.265 streams a decoder takes: the parameters that both sides have to use alike, RFC 7798
 * section 7.2.2. The level is not compared: it may differ by direction.
 *
 * @param space profile-space, 0 to 3
 * @param profile profile-id, 0 to 31
 * @param tier tier-flag, 0 or 1
 * @param interopConstraints 12 hexadecimal digits
 */
record H265Profile(int space, int profile, int tier, String interopConstraints) {

    /** Main profile, where nothing is said: RFC 7798 section 7.1. */
    private static final String DEFAULT_PROFILE = "1";

    /** Progressive frames without packed pictures. */
    private static final String DEFAULT_INTEROP_CONSTRAINTS = "b00000000000";

    private static final int MAX_SPACE = 3;
    private static final int MAX_PROFILE = 31;

    static H265Profile of(Map<String, String> parameters) {
        return new H265Profile(
                number(parameters, "profile-space", "0", MAX_SPACE),
                number(parameters, "profile-id", DEFAULT_PROFILE, MAX_PROFILE),
                number(parameters, "tier-flag", "0", 1),
                parameters
                        .getOrDefault("interop-constraints", DEFAULT_INTEROP_CONSTRAINTS)
                        .toLowerCase(Locale.ROOT));
    }

    /**
     * Whether Sluice carries the stream: of any well-formed profile, in one RTP stream, and without
     * decoding order numbers, which its reader of payloads does not step over.
     */
    static boolean isCarried(Map<String, String> parameters) {
        H265Profile profile = of(parameters);
        return profile.space >= 0
                && profile.profile >= 0
                && profile.tier >= 0
                && parameters.getOrDefault("tx-mode", "SRST").equalsIgnoreCase("SRST")
                && number(parameters, "sprop-max-don-diff", "0", 0) == 0;
    }

    /** -1 where it is no number, or above {@code max}. */
    private static int number(Map<String, String> parameters, String name, String absent, int max) {
        return Numbers.parse(parameters.getOrDefault(name, absent), max);
    }
}
