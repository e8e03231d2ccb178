package dev.sluice.media.bwe;

/**
 * The rate by additive or multiplicative increase and multiplicative decrease,
 * draft-ietf-rmcat-gcc-02 section 5.5; the constants are libwebrtc's.
 */
final class AimdRateControl {

    private static final double BETA = 0.85;
    private static final double INCREASE_PER_SECOND = 1.08;
    private static final long MIN_INCREASE_BPS = 1_000;

    /** The estimate may be so much above what is acknowledged, before it waits. */
    private static final double MAX_OVER_ACKNOWLEDGED = 1.5;

    private static final long MAX_OVER_ACKNOWLEDGED_BPS = 10_000;

    private static final long FIRST_RTT_NANOS = 200_000_000;
    private static final long MIN_DECREASE_INTERVAL_NANOS = 10_000_000;
    private static final long MAX_DECREASE_INTERVAL_NANOS = 200_000_000;
    private static final double PACKET_BITS = 1200 * 8;
    private static final double FRAMES_PER_SECOND = 30;

    /** How long it takes to detect an overuse, about. */
    private static final double DETECTION_SECONDS = 0.1;

    private static final double MIN_ADDITIVE_BPS_PER_SECOND = 4_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LinkCapacity linkCapacity = new LinkCapacity();
    private final long minBps;
    private final long maxBps;
    private long estimateBps;
    private long latestAcknowledgedBps;
    private long rttNanos = FIRST_RTT_NANOS;
    private boolean holding = true;
    private boolean hasChanged;
    private long lastChangeNanos;
    private boolean hasDecreased;
    private long lastDecreaseNanos;

    AimdRateControl(long startBps, long minBps, long maxBps) {
        this.minBps = minBps;
        this.maxBps = maxBps;
        estimateBps = startBps;
        latestAcknowledgedBps = startBps;
    }

    long estimateBps() {
        return estimateBps;
    }

    void onRtt(long nanos) {
        rttNanos = nanos;
    }

    /** Sets what a probe, or another outside knowledge, says. */
    void setEstimate(long bps, long nowNanos) {
        if (bps < estimateBps) {
            onDecrease(nowNanos);
        }
        estimateBps = Math.clamp(bps, minBps, maxBps);
        touch(nowNanos);
    }

    /**
     * Whether another decrease may follow the last one: after a round trip, or at once when far
     * less arrives than estimated.
     *
     * @param acknowledgedBps -1 while unknown
     */
    boolean mayDecrease(long acknowledgedBps, long nowNanos) {
        long intervalNanos =
                Math.clamp(rttNanos, MIN_DECREASE_INTERVAL_NANOS, MAX_DECREASE_INTERVAL_NANOS);
        return !hasDecreased
                || nowNanos - lastDecreaseNanos >= intervalNanos
                || (acknowledgedBps >= 0 && acknowledgedBps < estimateBps / 2);
    }

    /**
     * Follows what the detector says.
     *
     * @param acknowledgedBps -1 while unknown
     * @param applicationLimited so little is sent that the estimate cannot be tried
     */
    void update(
            BandwidthUsage usage, long acknowledgedBps, boolean applicationLimited, long nowNanos) {
        if (acknowledgedBps >= 0) {
            latestAcknowledgedBps = acknowledgedBps;
        }
        switch (usage) {
            case OVERUSING -> decrease(nowNanos);
            case UNDERUSING -> holding = true;
            case NORMAL -> increase(applicationLimited, nowNanos);
        }
    }

    private void increase(boolean applicationLimited, long nowNanos) {
        if (holding || !hasChanged) {
            holding = false;
            touch(nowNanos);
        }
        if (linkCapacity.isBelow(latestAcknowledgedBps)) {
            linkCapacity.forget();
        }
        double seconds = (nowNanos - lastChangeNanos) / NANOS_PER_SECOND;
        long limitBps =
                (long) (MAX_OVER_ACKNOWLEDGED * latestAcknowledgedBps) + MAX_OVER_ACKNOWLEDGED_BPS;
        if (!applicationLimited && estimateBps < limitBps) {
            long increaseBps = linkCapacity.isKnown() ? additive(seconds) : multiplicative(seconds);
            estimateBps = Math.clamp(Math.min(estimateBps + increaseBps, limitBps), minBps, maxBps);
        }
        touch(nowNanos);
    }

    private long multiplicative(double seconds) {
        double factor = Math.pow(INCREASE_PER_SECOND, Math.min(seconds, 1)) - 1;
        return Math.max((long) (estimateBps * factor), MIN_INCREASE_BPS);
    }

    /** Near the capacity: about half a packet more for each time that a reaction takes. */
    private long additive(double seconds) {
        double frameBits = estimateBps / FRAMES_PER_SECOND;
        double packetBits = frameBits / Math.ceil(frameBits / PACKET_BITS);
        double responseSeconds = 2 * (rttNanos / NANOS_PER_SECOND + DETECTION_SECONDS);
        double perSecond = Math.max(MIN_ADDITIVE_BPS_PER_SECOND, packetBits / responseSeconds);
        return (long) (perSecond * seconds);
    }

    private void decrease(long nowNanos) {
        long decreased = (long) (BETA * latestAcknowledgedBps);
        if (decreased > estimateBps && linkCapacity.isKnown()) {
            decreased = (long) (BETA * linkCapacity.bps());
        }
        if (linkCapacity.isAbove(latestAcknowledgedBps)) {
            linkCapacity.forget();
        }
        linkCapacity.onOveruse(latestAcknowledgedBps);
        estimateBps = Math.clamp(Math.min(decreased, estimateBps), minBps, maxBps);
        holding = true;
        onDecrease(nowNanos);
        touch(nowNanos);
    }

    private void onDecrease(long nowNanos) {
        hasDecreased = true;
        lastDecreaseNanos = nowNanos;
    }

    private void touch(long nowNanos) {
        lastChangeNanos = nowNanos;
        hasChanged = true;
    }
}
