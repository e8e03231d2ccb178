package dev.sluice.bench.run;

import java.util.Locale;

/**
 * What a figure has to be.
 *
 * @param figure not a number where it could not be measured: then the bar is missed
 * @param limit the most that it may be
 */
record Bar(String name, double figure, double limit, String unit) {

    boolean isMet() {
        return figure <= limit;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-6s %s: %s %s, wanted at most %s",
                isMet() ? "met" : "MISSED",
                name,
                Numbers.text(figure),
                unit,
                Numbers.text(limit));
    }
}
