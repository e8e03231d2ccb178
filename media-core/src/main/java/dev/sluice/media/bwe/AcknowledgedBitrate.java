package dev.sluice.media.bwe;

/**
 * The rate at which packets arrive: samples of short windows, weighed by how far they are from what
 * was expected. A Bayesian estimate in the manner of libwebrtc's BitrateEstimator, where the
 * constants are from.
 */
final class AcknowledgedBitrate {

    static final long UNKNOWN = -1;

    /** The first window is longer, for a sample good enough to begin with. */
    private static final long FIRST_WINDOW_NANOS = 500_000_000;

    private static final long WINDOW_NANOS = 150_000_000;
    private static final double UNCERTAINTY_SCALE = 10;
    private static final double FIRST_VARIANCE = 50;

    /** How much less certain the estimate gets with each sample, as rates change. */
    private static final double VARIANCE_GROWTH = 5;

    private static final double FAST_CHANGE_VARIANCE = 200;

    private boolean hasArrival;
    private long lastArrivalNanos;
    private long windowNanos;
    private long windowBytes;
    private double estimateKbps = UNKNOWN;
    private double variance = FIRST_VARIANCE;

    /** In bits per second, {@link #UNKNOWN} before the first window is over. */
    long bps() {
        return estimateKbps < 0 ? UNKNOWN : (long) (estimateKbps * 1_000);
    }

    /** Lets the next samples count more. */
    void expectFastChange() {
        variance += FAST_CHANGE_VARIANCE;
    }

    /** A packet arrived; to be called in the order of arrival. */
    void onArrival(long arrivalNanos, int sizeBytes) {
        long fullNanos = estimateKbps < 0 ? FIRST_WINDOW_NANOS : WINDOW_NANOS;
        double sampleKbps = advance(arrivalNanos, fullNanos);
        windowBytes += sizeBytes;
        if (sampleKbps >= 0) {
            estimateKbps = estimateKbps < 0 ? sampleKbps : blend(sampleKbps);
        }
    }

    /** Moves the window on; gives the rate of the one that ended with it, or {@link #UNKNOWN}. */
    private double advance(long arrivalNanos, long fullNanos) {
        long stepNanos = hasArrival ? arrivalNanos - lastArrivalNanos : 0;
        if (stepNanos < 0) {
            windowNanos = 0;
            windowBytes = 0;
        } else if (stepNanos > fullNanos) {
            windowNanos = (windowNanos + stepNanos) % fullNanos;
            windowBytes = 0;
        } else {
            windowNanos += stepNanos;
        }
        hasArrival = true;
        lastArrivalNanos = arrivalNanos;
        if (windowNanos < fullNanos) {
            return UNKNOWN;
        }
        double sampleKbps = windowBytes * 8e6 / fullNanos;
        windowNanos -= fullNanos;
        windowBytes = 0;
        return sampleKbps;
    }

    private double blend(double sampleKbps) {
        double deviation =
                UNCERTAINTY_SCALE * Math.abs(estimateKbps - sampleKbps) / Math.max(estimateKbps, 1);
        double sampleVariance = deviation * deviation;
        double predictedVariance = variance + VARIANCE_GROWTH;
        double sum = sampleVariance + predictedVariance;
        variance = sampleVariance * predictedVariance / sum;
        return (sampleVariance * estimateKbps + predictedVariance * sampleKbps) / sum;
    }
}
