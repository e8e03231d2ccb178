package dev.sluice.media.sdp;

import java.util.Map;

/**
 * Which H.264 streams a decoder takes: the profile behind {@code profile-level-id} and the
 * packetization mode (RFC 6184 8.1, table 5). The level is not compared: it may differ by
 * direction.
 */
record H264Profile(String profile, int packetizationMode) {

    /** What an absent parameter means to browsers; RFC 6184 itself says Baseline, level 1. */
    private static final String DEFAULT_PROFILE_LEVEL_ID = "42e01f";

    static H264Profile of(Map<String, String> parameters) {
        String id = parameters.getOrDefault("profile-level-id", DEFAULT_PROFILE_LEVEL_ID);
        int mode = Numbers.parse(parameters.getOrDefault("packetization-mode", "0"), 2);
        return new H264Profile(profile(id), Math.max(0, mode));
    }

    /**
     * Whether Sluice carries the stream: packetization modes 0 and 1, of any well-formed profile.
     */
    static boolean isCarried(Map<String, String> parameters) {
        String mode = parameters.getOrDefault("packetization-mode", "0");
        String id = parameters.getOrDefault("profile-level-id", DEFAULT_PROFILE_LEVEL_ID);
        return Numbers.parse(mode, 1) >= 0
                && id.length() == DEFAULT_PROFILE_LEVEL_ID.length()
                && id.chars().allMatch(digit -> Character.digit(digit, 16) >= 0);
    }

    private static String profile(String profileLevelId) {
        int idc = hexByte(profileLevelId, 0);
        int constraints = hexByte(profileLevelId, 2);
        return switch (idc) {
            case 0x42 -> isSet(constraints, 0x40) ? "constrained-baseline" : "baseline";
            case 0x4D -> isSet(constraints, 0x80) ? "constrained-baseline" : "main";
            case 0x58 -> extended(constraints);
            case 0x64 -> constraints == 0x0C ? "constrained-high" : "high-" + constraints;
            default -> "profile-" + idc + "-" + constraints;
        };
    }

    private static String extended(int constraints) {
        if (isSet(constraints, 0xC0)) {
            return "constrained-baseline";
        }
        return isSet(constraints, 0x80) ? "baseline" : "extended";
    }

    private static boolean isSet(int value, int bits) {
        return (value & bits) == bits;
    }

    private static int hexByte(String text, int index) {
        if (text.length() < index + 2) {
            return -1;
        }
        int high = Character.digit(text.charAt(index), 16);
        int low = Character.digit(text.charAt(index + 1), 16);
        return high < 0 || low < 0 ? -1 : 16 * high + low;
    }
}
