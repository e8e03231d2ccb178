package dev.sluice.media.bwe;

/**
 * What the link seems to carry: the mean and the deviation of the rates acknowledged at overuse.
 * draft-ietf-rmcat-gcc-02 section 5.5; the constants are libwebrtc's.
 */
final class LinkCapacity {

    private static final double UNKNOWN = -1;
    private static final double SMOOTHING = 0.05;

    /** The variance divided by the mean, in kbit/s: 14 to 35 kbit/s of deviation at 500 kbit/s. */
    private static final double MIN_RELATIVE_VARIANCE = 0.4;

    private static final double MAX_RELATIVE_VARIANCE = 2.5;
    private static final double DEVIATIONS = 3;

    private double estimateKbps = UNKNOWN;
    private double relativeVariance = MIN_RELATIVE_VARIANCE;

    boolean isKnown() {
        return estimateKbps >= 0;
    }

    /** In bits per second; of no meaning while it is not known. */
    long bps() {
        return (long) (estimateKbps * 1_000);
    }

    /** Whether a rate is so high that the link must carry more than it seemed. */
    boolean isBelow(long bps) {
        return isKnown() && bps / 1e3 > estimateKbps + DEVIATIONS * deviationKbps();
    }

    /** Whether a rate is so low that the link must carry less than it seemed. */
    boolean isAbove(long bps) {
        return isKnown() && bps / 1e3 < estimateKbps - DEVIATIONS * deviationKbps();
    }

    void forget() {
        estimateKbps = UNKNOWN;
    }

    void onOveruse(long acknowledgedBps) {
        double sampleKbps = acknowledgedBps / 1e3;
        estimateKbps = isKnown() ? smooth(estimateKbps, sampleKbps) : sampleKbps;
        double error = estimateKbps - sampleKbps;
        double relative = error * error / Math.max(estimateKbps, 1);
        relativeVariance =
                Math.clamp(
                        smooth(relativeVariance, relative),
                        MIN_RELATIVE_VARIANCE,
                        MAX_RELATIVE_VARIANCE);
    }

    private double deviationKbps() {
        return Math.sqrt(relativeVariance * estimateKbps);
    }

    private static double smooth(double old, double sample) {
        return (1 - SMOOTHING) * old + SMOOTHING * sample;
    }
}
