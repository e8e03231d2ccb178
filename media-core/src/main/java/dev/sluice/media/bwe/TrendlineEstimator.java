package dev.sluice.media.bwe;

/**
 * How fast the one-way delay grows: the slope of a line through its last smoothed values, found by
 * least squares. draft-ietf-rmcat-gcc-02 section 5.3 with a line in place of the Kalman filter, as
 * libwebrtc has it, where the constants are from.
 *
 * <p>The slope approximates (rate - capacity) / capacity while a queue grows.
 *
 * <p>The sums of the fit follow the window by what enters and what leaves it. Once per window they
 * are added up anew, so that rounding does not gather.
 */
final class TrendlineEstimator {

    private static final int WINDOW = 20;
    private static final double SMOOTHING = 0.9;
    private static final double NANOS_PER_MILLI = 1e6;

    /** No honest group is later than this against the one before it; keeps the sums finite. */
    private static final double MAX_DELTA_MILLIS = 10_000;

    /** Less spread of times than this, in ms squared, is no spread but rounding. */
    private static final double MIN_SPREAD = 1e-6;

    private final double[] timesMillis = new double[WINDOW];
    private final double[] delaysMillis = new double[WINDOW];
    private long deltaCount;
    private int filled;
    private long firstArrivalNanos;
    private double accumulatedMillis;
    private double smoothedMillis;
    private double slope;

    private double originMillis;
    private double sumOfTimes;
    private double sumOfDelays;
    private double sumOfProducts;
    private double sumOfSquares;

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
        keep((arrivalNanos - firstArrivalNanos) / NANOS_PER_MILLI, smoothedMillis);
        if (filled == WINDOW) {
            fit();
        }
    }

    private void keep(double timeMillis, double delayMillis) {
        int slot = (int) (deltaCount++ % WINDOW);
        boolean isKnown = filled == WINDOW && slot != 0;
        if (isKnown) {
            addToSums(slot, -1);
        }
        timesMillis[slot] = timeMillis;
        delaysMillis[slot] = delayMillis;
        filled = Math.min(filled + 1, WINDOW);
        if (isKnown) {
            addToSums(slot, 1);
        } else if (filled == WINDOW) {
            sumUp(timeMillis);
        }
    }

    private void addToSums(int slot, int sign) {
        double time = timesMillis[slot] - originMillis;
        double delay = sign * delaysMillis[slot];
        sumOfTimes += sign * time;
        sumOfDelays += delay;
        sumOfProducts += time * delay;
        sumOfSquares += sign * time * time;
    }

    private void sumUp(double origin) {
        originMillis = origin;
        sumOfTimes = 0;
        sumOfDelays = 0;
        sumOfProducts = 0;
        sumOfSquares = 0;
        for (int slot = 0; slot < WINDOW; slot++) {
            addToSums(slot, 1);
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
        double meanTime = sumOfTimes / WINDOW;
        double covariance = sumOfProducts - meanTime * sumOfDelays;
        double variance = sumOfSquares - meanTime * sumOfTimes;
        if (variance > MIN_SPREAD) {
            slope = covariance / variance;
        }
    }
}
