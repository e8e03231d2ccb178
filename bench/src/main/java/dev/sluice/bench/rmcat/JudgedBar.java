package dev.sluice.bench.rmcat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A bar over all runs of a case: the median decides, and how many runs miss it is told.
 *
 * @param median as a bar of its own
 * @param worst the figure furthest on the wrong side
 * @param missed how many runs miss the bar
 * @param runs how many there were
 */
record JudgedBar(Bar median, double worst, int missed, int runs) {

    /**
     * @param bars the same one in each run
     */
    static JudgedBar of(List<Bar> bars) {
        Bar any = bars.getFirst();
        double[] figures = bars.stream().mapToDouble(Bar::figure).toArray();
        double[] sorted = sorted(figures);
        Bar median = new Bar(any.name(), median(figures), any.atLeast(), any.limit(), any.unit());
        double worst = any.atLeast() ? sorted[0] : sorted[sorted.length - 1];
        int missed = (int) bars.stream().filter(bar -> !bar.isMet()).count();
        return new JudgedBar(median, worst, missed, bars.size());
    }

    /** The lower of the middle ones of an even number. */
    static double median(double... figures) {
        double[] sorted = sorted(figures);
        return sorted[(sorted.length - 1) / 2];
    }

    boolean isMet() {
        return median.isMet();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-6s %s: %.3g %s, wanted %s %.3g (worst %.3g, missed in %d of %d runs)",
                isMet() ? "met" : "MISSED",
                median.name(),
                median.figure(),
                median.unit(),
                median.atLeast() ? "over" : "under",
                median.limit(),
                worst,
                missed,
                runs);
    }

    private static double[] sorted(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
