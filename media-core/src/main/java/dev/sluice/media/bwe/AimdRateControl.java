package dev.sluice.media.bwe;

/**
 * The rate by additive or multiplicative increase and multiplicative decrease,
 * draft-ietf-rmcat-gcc-02 section 5.5; constants that are not said to be our own are libwebrtc's.
 *
 * <p>Where it departs, it is for fairness between flows on one link: near the maximum all flows
 * grow alike, whatever their frames; after a decrease none grows fast for a while; and a decrease
 * follows what arrives only as far as that is more than noise.
 */
final class AimdRateControl {

    private static final double BETA = 0.85;

    /** Where a long queue is to be emptied, too. Our own. */
    private static final double DEEP_BETA = 0.75;

    private static final double INCREASE_PER_SECOND = 1.08;
    private static final long MIN_INCREASE_BPS = 1_000;

    /** The estimate may be so much above what is acknowledged, before it waits. */
    private static final double MAX_OVER_ACKNOWLEDGED = 1.5;

    private static final long MAX_OVER_ACKNOWLEDGED_BPS = 10_000;

    private static final long FIRST_RTT_NANOS = 200_000_000;
    private static final long MIN_DECREASE_INTERVAL_NANOS = 10_000_000;
    private static final long MAX_DECREASE_INTERVAL_NANOS = 200_000_000;

    /** How much longer to wait for the effect of a decrease when it is not urgent. Our own. */
    private static final long PATIENCE_NANOS = 300_000_000;

    /** Additive increase per response time: one and a half packets of 1200 bytes. Our own. */
    private static final double ADDITIVE_BITS = 1.5 * 1200 * 8;

    /** How long it takes to detect an overuse, about. */
    private static final double DETECTION_SECONDS = 0.1;

    private static final double MIN_ADDITIVE_BPS_PER_SECOND = 4_000;

    /** At low rates additive increase is no more than this share a second. Our own. */
    private static final double MAX_ADDITIVE_PER_SECOND = 0.2;

    /** For so long after a decrease the increase is additive in any case. Our own. */
    private static final long CAUTION_NANOS = 8_000_000_000L;

    /** What arrives varies by so much with the sizes of frames, at a rate that is steady. */
    private static final double STEADY_SHARE = 0.93;

    /** Below this share of the estimate what arrives is less indeed. */
    private static final double COLLAPSE_SHARE = 0.8;

    private static final double NANOS_PER_SECOND = 1e9;

    private final LinkCapacity linkCapacity = new LinkCapacity();
    private final long minBps;
    private final long maxBps;
    private long estimateBps;
    private long latestAcknowledgedBps;
    private long rttNanos = FIRST_RTT_NANOS;
    private boolean holding = true;
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
        lastChangeNanos = nowNanos;
    }

    /**
     * Whether another decrease may follow the last one: once that has had its effect, or at once
     * when far less arrives than estimated.
     *
     * @param acknowledgedBps -1 while unknown
     * @param urgent to wait for no longer than a round trip
     */
    boolean mayDecrease(long acknowledgedBps, boolean urgent, long nowNanos) {
        long intervalNanos =
                Math.clamp(rttNanos, MIN_DECREASE_INTERVAL_NANOS, MAX_DECREASE_INTERVAL_NANOS)
                        + (urgent ? 0 : PATIENCE_NANOS);
        return !hasDecreased
                || nowNanos - lastDecreaseNanos >= intervalNanos
                || (acknowledgedBps >= 0 && acknowledgedBps < estimateBps / 2);
    }

    /** A queue empties: the rate stays. */
    void hold() {
        holding = true;
    }

    /**
     * No queue grows.
     *
     * @param acknowledgedBps -1 while unknown
     * @param applicationLimited so little is sent that the estimate cannot be tried
     */
    void increase(long acknowledgedBps, boolean applicationLimited, long nowNanos) {
        acknowledge(acknowledgedBps);
        if (linkCapacity.isBelow(latestAcknowledgedBps)) {
            linkCapacity.forget();
        }
        double seconds = holding ? 0 : (nowNanos - lastChangeNanos) / NANOS_PER_SECOND;
        long limitBps =
                (long) (MAX_OVER_ACKNOWLEDGED * latestAcknowledgedBps) + MAX_OVER_ACKNOWLEDGED_BPS;
        if (!applicationLimited && estimateBps < limitBps) {
            boolean isNearMax = linkCapacity.isKnown() || isCautious(nowNanos);
            long increaseBps = isNearMax ? additive(seconds) : multiplicative(seconds);
            estimateBps = Math.clamp(Math.min(estimateBps + increaseBps, limitBps), minBps, maxBps);
        }
        holding = false;
        lastChangeNanos = nowNanos;
    }

    /**
     * A queue grows, or stands.
     *
     * @param acknowledgedBps -1 while unknown
     * @param deep the queue is long
     */
    void decrease(long acknowledgedBps, boolean deep, long nowNanos) {
        acknowledge(acknowledgedBps);
        double beta = deep ? DEEP_BETA : BETA;
        long decreased = (long) (beta * throughputBps());
        if (decreased > estimateBps && linkCapacity.isKnown()) {
            decreased = (long) (beta * linkCapacity.bps());
        }
        if (linkCapacity.isAbove(latestAcknowledgedBps)) {
            linkCapacity.forget();
        }
        linkCapacity.onOveruse(latestAcknowledgedBps);
        estimateBps = Math.clamp(Math.min(decreased, estimateBps), minBps, maxBps);
        holding = true;
        onDecrease(nowNanos);
    }

    private void acknowledge(long acknowledgedBps) {
        if (acknowledgedBps >= 0) {
            latestAcknowledgedBps = acknowledgedBps;
        }
    }

    private boolean isCautious(long nowNanos) {
        return hasDecreased && nowNanos - lastDecreaseNanos < CAUTION_NANOS;
    }

    private long multiplicative(double seconds) {
        double factor = Math.pow(INCREASE_PER_SECOND, Math.min(seconds, 1)) - 1;
        return Math.max((long) (estimateBps * factor), MIN_INCREASE_BPS);
    }

    private long additive(double seconds) {
        double responseSeconds = rttNanos / NANOS_PER_SECOND + DETECTION_SECONDS;
        double perSecond =
                Math.min(ADDITIVE_BITS / responseSeconds, MAX_ADDITIVE_PER_SECOND * estimateBps);
        return (long) (Math.max(MIN_ADDITIVE_BPS_PER_SECOND, perSecond) * Math.min(seconds, 1));
    }

    private long throughputBps() {
        return latestAcknowledgedBps < COLLAPSE_SHARE * estimateBps
                ? latestAcknowledgedBps
                : Math.max(latestAcknowledgedBps, (long) (STEADY_SHARE * estimateBps));
    }

    private void onDecrease(long nowNanos) {
        hasDecreased = true;
        lastDecreaseNanos = nowNanos;
        lastChangeNanos = nowNanos;
    }
}
