package dev.sluice.media.bwe;

/**
 * Finds out from the times of packets whether a queue grows or stands in the path: {@link
 * InterArrival} and {@link TrendlineEstimator} for {@link OveruseDetector}, and {@link
 * StandingQueue}.
 *
 * <p>Two additions to Google congestion control: a trend counts only while there is a queue, so
 * that jitter is not taken for one, and flows that share a queue find it at the same time; and the
 * queue that a probe makes on purpose does not count.
 */
final class DelayDetector {

    /**
     * The least queue that a growing trend counts with, for a flow of {@link #COMMON_BPS}. A
     * smaller flow bears more and a bigger one less, so that the bigger yields first: the flow
     * scaling of Swift (Kumar et al., SIGCOMM 2020).
     */
    private static final double COMMON_QUEUE_NANOS = 35e6;

    private static final double COMMON_BPS = 2e6;
    private static final long MIN_QUEUE_NANOS = 25_000_000;
    private static final long MAX_QUEUE_NANOS = 60_000_000;

    /** For so long after a probe, and before it, the delay is the probe's. */
    private static final long PROBE_ECHO_NANOS = 500_000_000;

    /** Without feedback for so long, what was measured before is of no use. */
    private static final long STREAM_TIMEOUT_NANOS = 2_000_000_000L;

    private static final int SCATTER_SMOOTHING = 32;
    private static final long MAX_SCATTER_NANOS = 100_000_000;

    private final InterArrival interArrival = new InterArrival();
    private final TrendlineEstimator trendline = new TrendlineEstimator();
    private final OveruseDetector detector = new OveruseDetector();
    private final StandingQueue queue = new StandingQueue();
    private long leastQueueNanos = MAX_QUEUE_NANOS;
    private boolean hasFeedback;
    private long lastFeedbackNanos;
    private boolean recovered;
    private long scatterNanos;
    private boolean hasProbed;
    private long lastProbeSentNanos;
    private boolean hasCongestion;
    private long lastCongestionNanos;

    /**
     * Takes what a feedback says of packets with a known time of arrival.
     *
     * @param rateBps what the flow sends about
     */
    void onResults(PacketResults results, long rateBps, long nowNanos) {
        double scaledNanos = COMMON_QUEUE_NANOS * Math.sqrt(COMMON_BPS / rateBps);
        leastQueueNanos = Math.clamp((long) scaledNanos, MIN_QUEUE_NANOS, MAX_QUEUE_NANOS);
        resetAfterSilence(results, nowNanos);
        recovered = false;
        for (int place = 0; place < results.timedCount(); place++) {
            int index = results.byArrival(place);
            long sentNanos = results.sentNanos(index);
            long arrivalNanos = results.arrivalNanos(index);
            queue.onPacket(sentNanos, arrivalNanos);
            if (results.probeId(index) != Probe.NONE) {
                onProbePacket(sentNanos);
            } else if (!isProbeEcho(sentNanos)) {
                onPacket(sentNanos, arrivalNanos, nowNanos);
            }
        }
        queue.onFeedback(nowNanos);
        if (isCongested()) {
            hasCongestion = true;
            lastCongestionNanos = nowNanos;
        }
    }

    /** The trend, as far as the queue bears it out. */
    BandwidthUsage usage() {
        long neededNanos =
                switch (detector.usage()) {
                    case OVERUSING -> leastQueueNanos;
                    case UNDERUSING -> leastQueueNanos / 2;
                    case NORMAL -> 0;
                };
        return queue.queueNanos() >= neededNanos ? detector.usage() : BandwidthUsage.NORMAL;
    }

    /** Whether a queue grows, or stands. */
    boolean isCongested() {
        return usage() == BandwidthUsage.OVERUSING || queue.isCongested();
    }

    StandingQueue queue() {
        return queue;
    }

    /** Whether the last results ended the emptying of a queue. */
    boolean hasRecovered() {
        return recovered;
    }

    /** The mean difference between the times of groups at both ends: jitter, mostly. */
    long scatterNanos() {
        return scatterNanos;
    }

    /** For how long there was no congestion; {@link Long#MAX_VALUE} when there never was. */
    long calmNanos(long nowNanos) {
        return hasCongestion ? nowNanos - lastCongestionNanos : Long.MAX_VALUE;
    }

    private void resetAfterSilence(PacketResults results, long nowNanos) {
        boolean isStale = hasFeedback && nowNanos - lastFeedbackNanos > STREAM_TIMEOUT_NANOS;
        if (results.hasClockRestarted() || isStale) {
            interArrival.reset();
            trendline.reset();
            detector.reset();
        }
        if (results.hasClockRestarted()) {
            queue.reset();
        }
        hasFeedback = true;
        lastFeedbackNanos = nowNanos;
    }

    /** The trend is measured anew once the probe's queue is gone. */
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
        detector.onTrend(trendline.slope(), trendline.deltaCount(), sendDelta, arrivalNanos);
        scatter(Math.abs(interArrival.arrivalDeltaNanos() - sendDelta));
        recovered |=
                before == BandwidthUsage.UNDERUSING && detector.usage() == BandwidthUsage.NORMAL;
    }

    private void scatter(long differenceNanos) {
        long sample = Math.min(differenceNanos, MAX_SCATTER_NANOS);
        scatterNanos += (sample - scatterNanos) / SCATTER_SMOOTHING;
    }
}
