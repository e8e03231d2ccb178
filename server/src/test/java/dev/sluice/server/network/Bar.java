package dev.sluice.server.network;

import java.util.Locale;

/**
 * A figure and what it has to be.
 *
 * @param name says what is measured, where
 * @param figure as measured; NaN when it never came about
 * @param isUpperBound whether the bound is the largest figure allowed, else it is the smallest
 */
record Bar(String name, double figure, boolean isUpperBound, double bound, String unit) {

    static Bar atMost(String name, double figure, double bound, String unit) {
        return new Bar(name, figure, true, bound, unit);
    }

    static Bar atLeast(String name, double figure, double bound, String unit) {
        return new Bar(name, figure, false, bound, unit);
    }

    boolean isMet() {
        return isUpperBound ? figure <= bound : figure >= bound;
    }

    /** One row of the table that is shown. */
    String row() {
        return String.format(
                Locale.ROOT,
                "%-6s %-62s %10.2f %-3s (%s %.2f)",
                isMet() ? "ok" : "MISSED",
                name,
                figure,
                unit,
                isUpperBound ? "at most" : "at least",
                bound);
    }
}
