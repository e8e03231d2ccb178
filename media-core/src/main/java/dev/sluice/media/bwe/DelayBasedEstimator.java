package dev.sluice.media.bwe;

/**
 * The rate that keeps queues from growing: compares the times between packets at both ends, finds
 * the trend of the delay, and follows it with {@link AimdRateControl}.
 */
final class DelayBasedEstimator {

    /** Without feedback for so long, what was measured before is of no use. */
    private static final long STREAM_TIMEOUT_NANOS = 2_000_000_000L;

    private static final int SCATTER_SMOOTHING = 32;
    private static final long MAX_SCATTER_NANOS = 100_000_000;

    private final InterArrival interArrival = new InterArrival();
    private final TrendlineEstimator trendline = new TrendlineEstimator();
    private final OveruseDetector detector = new OveruseDetector();
    private final AimdRateControl rateControl;
    private final boolean detecting;
    private boolean hasFeedback;
    private long lastFeedbackNanos;
    private boolean recovered;
    private long scatterNanos;

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
        hasFeedback = true;
        lastFeedbackNanos = nowNanos;
        for (int place = 0; place < results.timedCount(); place++) {
            int index = results.byArrival(place);
            onPacket(results.sentNanos(index), results.arrivalNanos(index), nowNanos);
        }
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
