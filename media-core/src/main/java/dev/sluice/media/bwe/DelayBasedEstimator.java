package dev.sluice.media.bwe;

/**
 * The rate that keeps queues short: {@link AimdRateControl} by what {@link DelayDetector} finds.
 */
final class DelayBasedEstimator {

    /** How far the estimate grows by itself above what arrives; further only by probes. */
    private static final double PEAK_OVER_ACKNOWLEDGED = 1.5;

    /** A rate below this share of what arrives empties the queue. */
    private static final double DRAINING_SHARE = 0.9;

    /** When less than this share of the rate arrives, the queue is this flow's own. */
    private static final double OWN_SHARE = 0.8;

    /** With more of a queue than this there is no time to see what the last decrease did. */
    private static final long URGENT_QUEUE_NANOS = 100_000_000;

    /**
     * A probe that gains less is not taken: what it measured may be what this flow has just left to
     * others.
     */
    private static final double MIN_PROBE_GAIN = 1.15;

    /** So much is the queue of a path that has collapsed, and takes long to empty. */
    private static final long DEEP_QUEUE_NANOS = 150_000_000;

    private final DelayDetector detector = new DelayDetector();
    private final AimdRateControl rateControl;
    private final boolean detecting;

    /**
     * @param detecting false to grow as if there was no queue, for the mode that ignores delay
     */
    DelayBasedEstimator(boolean detecting, EstimatorSettings settings) {
        this.detecting = detecting;
        rateControl =
                new AimdRateControl(settings.startBps(), settings.minBps(), settings.maxBps());
    }

    long estimateBps() {
        return rateControl.estimateBps();
    }

    /** Whether a queue grows, or stands. */
    boolean isCongested() {
        return detecting && detector.isCongested();
    }

    /** Whether the last results ended the emptying of a queue. */
    boolean hasRecovered() {
        return detecting && detector.hasRecovered();
    }

    /** By how much the times of arrival scatter. */
    long scatterNanos() {
        return detector.scatterNanos();
    }

    /** For how long there was no congestion; {@link Long#MAX_VALUE} when there never was. */
    long calmNanos(long nowNanos) {
        return detecting ? detector.calmNanos(nowNanos) : Long.MAX_VALUE;
    }

    void onRtt(long rttNanos) {
        rateControl.onRtt(rttNanos);
    }

    void setEstimate(long bps, long nowNanos) {
        rateControl.setEstimate(bps, nowNanos);
    }

    /**
     * Takes what a feedback says.
     *
     * @param acknowledgedBps -1 while unknown
     * @param probedBps what probes measured, -1 without; it can raise the estimate only
     */
    void onResults(
            PacketResults results,
            long acknowledgedBps,
            long probedBps,
            boolean applicationLimited,
            long nowNanos) {
        if (results.timedCount() == 0) {
            return;
        }
        detector.onResults(results, usedBps(acknowledgedBps), nowNanos);
        BandwidthUsage usage = detecting ? detector.usage() : BandwidthUsage.NORMAL;
        if (usage == BandwidthUsage.OVERUSING) {
            decrease(acknowledgedBps, nowNanos);
        } else if (isCongested()) {
            drain(acknowledgedBps, nowNanos);
        } else if (probedBps > MIN_PROBE_GAIN * rateControl.estimateBps()) {
            rateControl.setEstimate(probedBps, nowNanos);
        } else if (usage == BandwidthUsage.UNDERUSING) {
            rateControl.hold();
        } else {
            rateControl.increase(acknowledgedBps, applicationLimited, nowNanos);
        }
    }

    /** About what is sent, which may be much less than the estimate. */
    private long usedBps(long acknowledgedBps) {
        long estimateBps = rateControl.estimateBps();
        return acknowledgedBps < 0
                ? estimateBps
                : Math.min(estimateBps, (long) (PEAK_OVER_ACKNOWLEDGED * acknowledgedBps));
    }

    /** A queue stands: the rate falls until it is below what arrives, and does not grow. */
    private void drain(long acknowledgedBps, long nowNanos) {
        long beforeBps = rateControl.estimateBps();
        boolean isFilling = beforeBps > DRAINING_SHARE * acknowledgedBps;
        if (isFilling && detector.queue().wantsDecrease() && decrease(acknowledgedBps, nowNanos)) {
            detector.queue().onDecrease(acknowledgedBps < OWN_SHARE * beforeBps, nowNanos);
        } else {
            rateControl.hold();
        }
    }

    /** False when the last decrease has not had its effect yet. */
    private boolean decrease(long acknowledgedBps, long nowNanos) {
        StandingQueue queue = detector.queue();
        boolean isUrgent = queue.queueNanos() >= URGENT_QUEUE_NANOS;
        if (!rateControl.mayDecrease(acknowledgedBps, isUrgent, nowNanos)) {
            return false;
        }
        if (acknowledgedBps >= 0) {
            boolean isDeep = queue.isCongested() && queue.queueNanos() >= DEEP_QUEUE_NANOS;
            rateControl.decrease(acknowledgedBps, isDeep, nowNanos);
        } else {
            rateControl.setEstimate(rateControl.estimateBps() / 2, nowNanos);
        }
        return true;
    }
}
