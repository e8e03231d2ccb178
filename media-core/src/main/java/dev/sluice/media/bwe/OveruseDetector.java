package dev.sluice.media.bwe;

/**
 * Decides from the trend of the delay whether a queue grows. The threshold adapts to the trend, so
 * that neither jitter triggers it all the time nor a loss-based flow in the same queue starves this
 * one: draft-ietf-rmcat-gcc-02 section 5.4; the constants are libwebrtc's.
 */
final class OveruseDetector {

    private static final double GAIN = 4;
    private static final int MAX_COUNTED_DELTAS = 60;
    private static final double FIRST_THRESHOLD = 12.5;
    private static final double MIN_THRESHOLD = 6;
    private static final double MAX_THRESHOLD = 600;
    private static final double K_UP = 0.0087;
    private static final double K_DOWN = 0.039;

    /**
     * A trend so far above the threshold is a sudden event, which the threshold does not follow.
     */
    private static final double MAX_ADAPTED_EXCESS = 15;

    private static final double MAX_STEP_MILLIS = 100;

    /** The trend has to stay above the threshold for longer than this. */
    private static final double OVERUSE_MILLIS = 10;

    private static final double NANOS_PER_MILLI = 1e6;

    private double threshold = FIRST_THRESHOLD;
    private double lastSlope;
    private double overMillis = -1;
    private int overCount;
    private boolean hasUpdate;
    private long lastUpdateNanos;
    private BandwidthUsage usage = BandwidthUsage.NORMAL;

    BandwidthUsage usage() {
        return usage;
    }

    /**
     * The trend has a new value.
     *
     * @param slope delay gained per time
     * @param deltaCount how many groups it rests on
     * @param sendDeltaNanos between the departures of the last two groups
     */
    void onTrend(double slope, long deltaCount, long sendDeltaNanos, long arrivalNanos) {
        if (deltaCount < 2) {
            usage = BandwidthUsage.NORMAL;
            return;
        }
        double trend = Math.min(deltaCount, MAX_COUNTED_DELTAS) * slope * GAIN;
        if (trend > threshold) {
            onAbove(slope, sendDeltaNanos / NANOS_PER_MILLI);
        } else {
            overMillis = -1;
            overCount = 0;
            usage = trend < -threshold ? BandwidthUsage.UNDERUSING : BandwidthUsage.NORMAL;
        }
        lastSlope = slope;
        adapt(Math.abs(trend), arrivalNanos);
    }

    private void onAbove(double slope, double sendDeltaMillis) {
        // The first time, as if it had been above for half of the time since the last sample.
        overMillis = overMillis < 0 ? sendDeltaMillis / 2 : overMillis + sendDeltaMillis;
        overCount++;
        if (overMillis > OVERUSE_MILLIS && overCount > 1 && slope >= lastSlope) {
            overMillis = 0;
            overCount = 0;
            usage = BandwidthUsage.OVERUSING;
        }
    }

    private void adapt(double magnitude, long arrivalNanos) {
        double stepMillis = (arrivalNanos - lastUpdateNanos) / NANOS_PER_MILLI;
        boolean isFirst = !hasUpdate;
        hasUpdate = true;
        lastUpdateNanos = arrivalNanos;
        if (isFirst || magnitude > threshold + MAX_ADAPTED_EXCESS) {
            return;
        }
        double gain = magnitude < threshold ? K_DOWN : K_UP;
        double change = gain * (magnitude - threshold) * Math.clamp(stepMillis, 0, MAX_STEP_MILLIS);
        threshold = Math.clamp(threshold + change, MIN_THRESHOLD, MAX_THRESHOLD);
    }

    /** The trend is not known for a while. */
    void pause() {
        lastSlope = 0;
        overMillis = -1;
        overCount = 0;
        usage = BandwidthUsage.NORMAL;
    }

    void reset() {
        threshold = FIRST_THRESHOLD;
        lastSlope = 0;
        overMillis = -1;
        overCount = 0;
        hasUpdate = false;
        usage = BandwidthUsage.NORMAL;
    }
}
