package dev.sluice.bench.run;

import java.util.Locale;

/** Numbers as the tables show them. */
public final class Numbers {

    private static final double MANY = 100;
    private static final double SOME = 10;

    private Numbers() {}

    /** With as many places as tell something; {@code -} for what is not a number. */
    public static String text(double number) {
        if (Double.isNaN(number)) {
            return "-";
        }
        double size = Math.abs(number);
        int places = size >= MANY ? 0 : size >= SOME ? 1 : 2;
        return String.format(Locale.ROOT, "%." + places + "f", number);
    }
}
