package dev.sluice.media.bwe;

/**
 * The rate that keeps queues from growing: compares the times between packets at both ends, finds
 * the trend of the delay, and follows it with {@link AimdRateControl}.
 */
final class DelayBasedEstimator {

    /** Without feedback for so long, what was measured before is of no use. */
    private static final long STREAM_TIMEOUT_NANOS = 2_000_000_000L;

    /** A rate below this share of what arrives empties the queue. */
    private static final double DRAINING_SHARE = 0.9;

    /** For so long after a probe, and before it, the delay is the probe's. */
    private static final long PROBE_ECHO_NANOS = 500_000_000;

    private static final int SCATTER_SMOOTHING = 32;
    private static final long MAX_SCATTER_NANOS = 100_000_000;

    private final InterArrival interArrival = new InterArrival();
    private final TrendlineEstimator trendline = new TrendlineEstimator();
    private final OveruseDetector detector = new OveruseDetector();
    private final StandingQueue queue = new StandingQueue();
    private final AimdRateControl rateControl;
    private final boolean detecting;
    private boolean hasFeedback;
    private long lastFeedbackNanos;
    private boolean recovered;
    private long scatterNanos;
    private boolean hasOveruse;
    private boolean hasProbed;
    private long lastProbeSentNanos;
    private long lastOveruseNanos;

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

    BandwidthUsage usage() {
        return detecting ? detector.usage() : BandwidthUsage.NORMAL;
    }

    /** Whether a queue grows, or stands. */
    boolean isCongested() {
        return usage() == BandwidthUsage.OVERUSING || (detecting && queue.isCongested());
    }

    /** For how long there was no congestion; {@link Long#MAX_VALUE} when there never was. */
    long calmNanos(long nowNanos) {
        return hasOveruse ? nowNanos - lastOveruseNanos : Long.MAX_VALUE;
    }

    /** Whether the last results ended the emptying of a queue. */
    boolean hasRecovered() {
        return recovered;
    }

    /** The mean difference between the times of groups at both ends: jitter, mostly. */
    long scatterNanos() {
        return scatterNanos;
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
     * @param probedBps what probes measured, -1 without
     */
    void onResults(
            PacketResults results,
            long acknowledgedBps,
            long probedBps,
            boolean applicationLimited,
            long nowNanos) {
        recovered = false;
        if (results.timedCount() == 0) {
            return;
        }
        detect(results, nowNanos);
        if (usage() == BandwidthUsage.OVERUSING) {
            decrease(acknowledgedBps, nowNanos);
        } else if (detecting && queue.isCongested()) {
            drain(acknowledgedBps, nowNanos);
        } else if (probedBps > rateControl.estimateBps()) {
            rateControl.setEstimate(probedBps, nowNanos);
        } else {
            rateControl.update(usage(), acknowledgedBps, applicationLimited, nowNanos);
        }
    }

    private void detect(PacketResults results, long nowNanos) {
        if (results.hasClockRestarted()
                || (hasFeedback && nowNanos - lastFeedbackNanos > STREAM_TIMEOUT_NANOS)) {
            interArrival.reset();
            trendline.reset();
            detector.reset();
        }
        if (results.hasClockRestarted()) {
            queue.reset();
        }
        hasFeedback = true;
        lastFeedbackNanos = nowNanos;
        for (int place = 0; place < results.timedCount(); place++) {
            int index = results.byArrival(place);
            long sentNanos = results.sentNanos(index);
            queue.onPacket(sentNanos, results.arrivalNanos(index));
            if (results.probeId(index) != Probe.NONE) {
                onProbePacket(sentNanos);
            } else if (!isProbeEcho(sentNanos)) {
                onPacket(sentNanos, results.arrivalNanos(index), nowNanos);
            }
        }
        queue.onFeedback(nowNanos);
        if (isCongested()) {
            hasOveruse = true;
            lastOveruseNanos = nowNanos;
        }
    }

    /** A probe makes a queue on purpose: the trend is measured anew once that is gone. */
    private void onProbePacket(long sentNanos) {
        hasProbed = true;
        lastProbeSentNanos = sentNanos;
        interArrival.reset();
        trendline.restart();
        detector.pause();
    }

    private boolean isProbeEcho(long sentNanos) {
        return hasProbed && Math.abs(sentNanos - lastProbeSentNanos) < PROBE_ECHO_NANOS;
    }

    private void onPacket(long sentNanos, long arrivalNanos, long nowNanos) {
        if (!interArrival.onPacket(sentNanos, arrivalNanos, nowNanos)) {
            return;
        }
        BandwidthUsage before = detector.usage();
        long sendDelta = interArrival.sendDeltaNanos();
        trendline.onGroup(interArrival.arrivalDeltaNanos(), sendDelta, arrivalNanos);
        scatter(Math.abs(interArrival.arrivalDeltaNanos() - sendDelta));
        detector.onTrend(trendline.slope(), trendline.deltaCount(), sendDelta, arrivalNanos);
        recovered |=
                before == BandwidthUsage.UNDERUSING && detector.usage() == BandwidthUsage.NORMAL;
    }

    private void scatter(long differenceNanos) {
        long sample = Math.min(differenceNanos, MAX_SCATTER_NANOS);
        scatterNanos += (sample - scatterNanos) / SCATTER_SMOOTHING;
    }

    /** A queue stands: the rate falls until it is below what arrives, and does not grow. */
    private void drain(long acknowledgedBps, long nowNanos) {
        if (queue.wantsDecrease()
                && rateControl.estimateBps() > DRAINING_SHARE * acknowledgedBps
                && rateControl.mayDecrease(acknowledgedBps, nowNanos)) {
            queue.onDecrease();
            decrease(acknowledgedBps, nowNanos);
        } else {
            rateControl.update(BandwidthUsage.UNDERUSING, acknowledgedBps, false, nowNanos);
        }
    }

    private void decrease(long acknowledgedBps, long nowNanos) {
        if (!rateControl.mayDecrease(acknowledgedBps, nowNanos)) {
            return;
        }
        if (acknowledgedBps >= 0) {
            rateControl.update(BandwidthUsage.OVERUSING, acknowledgedBps, false, nowNanos);
        } else {
            rateControl.setEstimate(rateControl.estimateBps() / 2, nowNanos);
        }
    }
}
