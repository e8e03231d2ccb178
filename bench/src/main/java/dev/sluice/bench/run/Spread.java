package dev.sluice.bench.run;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The middle and the ends of some figures.
 *
 * @param median not a number where there are no figures
 */
record Spread(double median, double least, double most) {

    static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN);

    /** Figures that are not numbers are left out. */
    static Spread of(DoubleStream figures) {
        double[] sorted = figures.filter(figure -> !Double.isNaN(figure)).toArray();
        if (sorted.length == 0) {
            return NONE;
        }
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
