package dev.sluice.media.sdp;

/** Reads numbers of the wire without exceptions. */
final class Numbers {

    private Numbers() {}

    /** The decimal number, or -1 when the text is no number of 0 to {@code max}. */
    static int parse(String digits, int max) {
        long value = parseLong(digits);
        return value > max ? -1 : (int) value;
    }

    /** The decimal number of at most ten digits, or -1. */
    static long parseLong(String digits) {
        if (digits.isEmpty() || digits.length() > 10) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = 10 * value + (digit - '0');
        }
        return value;
    }
}
