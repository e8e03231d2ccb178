package dev.sluice.load.app;

/**
 * Bounds of the options' numbers: one that is out of them is told as an {@link
 * IllegalArgumentException} that names the option, what was expected and what was found.
 */
final class OptionChecks {

    private static final int MAX_SECONDS = 7 * 24 * 3600;

    private OptionChecks() {}

    static void requireWithin(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s: expected %s to %s, found %s"
                            .formatted(option, text(least), text(most), text(value)));
        }
    }

    /** A time of up to a week. */
    static void requireSeconds(String option, int seconds, int least) {
        requireWithin(option, seconds, least, MAX_SECONDS);
    }

    /** The number as it was written: 2 rather than 2.0. */
    static String text(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
