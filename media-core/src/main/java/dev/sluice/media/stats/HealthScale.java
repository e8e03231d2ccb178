package dev.sluice.media.stats;

/**
 * Rates one figure. The bounds are those of excellent, good and fair; a score falls evenly between
 * them by {@value #BAND} points a level, and beyond the last one in inverse proportion.
 */
record HealthScale(double excellent, double good, double fair) {

    private static final double MILLI = 1e6;

    static final HealthScale RTT_NANOS = new HealthScale(50 * MILLI, 100 * MILLI, 200 * MILLI);
    static final HealthScale LOSS_RATIO = new HealthScale(0.01, 0.03, 0.05);
    static final HealthScale JITTER_NANOS = new HealthScale(20 * MILLI, 50 * MILLI, 100 * MILLI);

    static final int BEST = 100;

    /** The points of one level; poor has what is left. */
    private static final int BAND = 20;

    /** 1 to 100, the more the better. */
    int score(double value) {
        return Math.max(1, (int) Math.ceil(points(value)));
    }

    private double points(double value) {
        if (value < excellent) {
            return BEST - BAND * value / excellent;
        }
        if (value < good) {
            return BEST - BAND - BAND * (value - excellent) / (good - excellent);
        }
        if (value < fair) {
            return BEST - 2 * BAND - BAND * (value - good) / (fair - good);
        }
        return (BEST - 3 * BAND) * fair / value;
    }

    /** The level of a score of 1 to 100. */
    static HealthLevel level(int score) {
        if (score > BEST - BAND) {
            return HealthLevel.EXCELLENT;
        }
        if (score > BEST - 2 * BAND) {
            return HealthLevel.GOOD;
        }
        return score > BEST - 3 * BAND ? HealthLevel.FAIR : HealthLevel.POOR;
    }
}
