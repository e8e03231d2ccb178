package dev.sluice.media.sdp;

import java.util.List;

/** Reads numbers and words of the wire without exceptions. */
final class Numbers {

    private static final int MAX_LONG_DIGITS = 18;

    private Numbers() {}

    /** The decimal number, or -1 when the text is no number of 0 to {@code max}. */
    static int parse(String digits, int max) {
        long value = parseLong(digits);
        return value > max ? -1 : (int) value;
    }

    /** The decimal number of at most ten digits, or -1. */
    static long parseLong(String digits) {
        return parseLong(digits, 10);
    }

    /** The decimal number of at most eighteen digits, or -1. */
    static long parseLongest(String digits) {
        return parseLong(digits, MAX_LONG_DIGITS);
    }

    private static long parseLong(String digits, int maxDigits) {
        if (digits.length() > maxDigits || !isDigits(digits)) {
            return -1;
        }
        return Long.parseLong(digits);
    }

    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Digits with at most one point inside them, as in {@code 29.97}. */
    static boolean isDecimal(String text) {
        int point = text.indexOf('.');
        return point < 0
                ? isDigits(text)
                : isDigits(text.substring(0, point)) && isDigits(text.substring(point + 1));
    }

    /** The words between spaces; more than one space counts as one. */
    static List<String> words(String text) {
        return List.of(text.trim().split(" +", -1));
    }

    /** Not empty, and without a space: what may stand as a word of a line. */
    static boolean isWord(String text) {
        return !text.isEmpty() && text.indexOf(' ') < 0 && text.indexOf('\t') < 0;
    }
}
