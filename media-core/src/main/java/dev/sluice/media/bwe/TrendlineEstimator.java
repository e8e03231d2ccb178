package dev.sluice.media.bwe;

/**
 * How fast the one-way delay grows: the slope of a line through its last smoothed values, found by
 * least squares. draft-ietf-rmcat-gcc-02 section 5.3 with a line in place of the Kalman filter, as
 * libwebrtc has it, where the constants are from.
 *
 * <p>The slope approximates (rate - capacity) / capacity while a queue grows.
 */
final class TrendlineEstimator {

    private static final int WINDOW = 20;
    private static final double SMOOTHING = 0.9;
    private static final double NANOS_PER_MILLI = 1e6;

    /** No honest group is later than this against the one before it; keeps the sums finite. */
    private static final double MAX_DELTA_MILLIS = 10_000;

    private final double[] timesMillis = new double[WINDOW];
    private final double[] delaysMillis = new double[WINDOW];
    private long deltaCount;
    private int filled;
    private long firstArrivalNanos;
    private double accumulatedMillis;
    private double smoothedMillis;
    private double slope;

    /**
     * A group of packets compared with the one before it.
     *
     * @param arrivalDeltaNanos between their arrivals
     * @param sendDeltaNanos between their departures
     */
    void onGroup(long arrivalDeltaNanos, long sendDeltaNanos, long arrivalNanos) {
        if (deltaCount == 0) {
            firstArrivalNanos = arrivalNanos;
        }
        double deltaMillis = (arrivalDeltaNanos - sendDeltaNanos) / NANOS_PER_MILLI;
        accumulatedMillis += Math.clamp(deltaMillis, -MAX_DELTA_MILLIS, MAX_DELTA_MILLIS);
        smoothedMillis = SMOOTHING * smoothedMillis + (1 - SMOOTHING) * accumulatedMillis;
        int slot = (int) (deltaCount++ % WINDOW);
        filled = Math.min(filled + 1, WINDOW);
        timesMillis[slot] = (arrivalNanos - firstArrivalNanos) / NANOS_PER_MILLI;
        delaysMillis[slot] = smoothedMillis;
        if (filled == WINDOW) {
            fit();
        }
    }

    /** Groups compared so far. */
    long deltaCount() {
        return deltaCount;
    }

    /** Delay gained per time, without a unit. */
    double slope() {
        return slope;
    }

    /** The smoothed one-way delay against that of the first group, in milliseconds. */
    double smoothedDelayMillis() {
        return smoothedMillis;
    }

    /** Begins a new line, knowing no more where the delay is, but as sure as before. */
    void restart() {
        filled = 0;
        accumulatedMillis = 0;
        smoothedMillis = 0;
        slope = 0;
    }

    void reset() {
        deltaCount = 0;
        filled = 0;
        accumulatedMillis = 0;
        smoothedMillis = 0;
        slope = 0;
    }

    private void fit() {
        double sumOfTimes = 0;
        double sumOfDelays = 0;
        for (int i = 0; i < WINDOW; i++) {
            sumOfTimes += timesMillis[i];
            sumOfDelays += delaysMillis[i];
        }
        double meanTime = sumOfTimes / WINDOW;
        double meanDelay = sumOfDelays / WINDOW;
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < WINDOW; i++) {
            double time = timesMillis[i] - meanTime;
            covariance += time * (delaysMillis[i] - meanDelay);
            variance += time * time;
        }
        if (variance > 0) {
            slope = covariance / variance;
        }
    }
}
