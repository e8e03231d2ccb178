package dev.sluice.media.bwe;

import dev.sluice.media.rtcp.ReportBlock;

/**
 * What the path carries by all that its receiver tells: by feedback with arrival times while that
 * comes, else by report blocks; and at most what REMB says.
 */
final class PathEstimate {

    /** After so long without feedback, report blocks take over. */
    private static final long FEEDBACK_TIMEOUT_NANOS = 6_000_000_000L;

    /** REMB and a lossless start are trusted for so long. */
    private static final long START_PHASE_NANOS = 2_000_000_000L;

    /** Without congestion for so long, loss is likely to have other causes. */
    private static final long CALM_NANOS = 5_000_000_000L;

    private final EstimationMode mode;
    private final DelayBasedEstimator delayBased;
    private final LossBasedEstimator lossBased;
    private final ReportedLossEstimator reportedLoss;
    private final long startNanos;
    private long rembBps = Long.MAX_VALUE;
    private boolean hasFeedback;
    private boolean hasReports;
    private long lastFeedbackNanos;

    PathEstimate(EstimatorSettings settings, long nowNanos) {
        mode = settings.mode();
        delayBased = new DelayBasedEstimator(mode != EstimationMode.LOSS, settings);
        lossBased = new LossBasedEstimator(settings);
        reportedLoss = new ReportedLossEstimator(settings);
        startNanos = nowNanos;
    }

    /** What the delays of packets tell. */
    DelayBasedEstimator delayBased() {
        return delayBased;
    }

    /** Feedback has come that names packets which were sent. */
    void onFeedback(long nowNanos) {
        hasFeedback = true;
        lastFeedbackNanos = nowNanos;
    }

    /** Whether feedback comes, so that report blocks do not count. */
    boolean followsFeedback(long nowNanos) {
        return hasFeedback && nowNanos - lastFeedbackNanos < FEEDBACK_TIMEOUT_NANOS;
    }

    /**
     * Takes what feedback tells of packets.
     *
     * @param acknowledgedBps what has been seen to arrive
     * @param probedBps what a probe has measured, -1 for none
     * @param isLimited whether so little is sent that it tells nothing of the limit
     */
    void onResults(
            PacketResults results,
            long acknowledgedBps,
            long probedBps,
            boolean isLimited,
            long nowNanos) {
        delayBased.onResults(results, acknowledgedBps, probedBps, isLimited, nowNanos);
        boolean isCalm = delayBased.calmNanos(nowNanos) > CALM_NANOS;
        lossBased.onResults(results, acknowledgedBps, delayBased.estimateBps(), isLimited, isCalm);
    }

    /**
     * Takes a report; whether it tells of packets that no report told of before.
     *
     * @param sentBytes all that was sent until now
     * @param targetBps what may be sent now, from where reports go on after feedback
     */
    boolean onReportBlock(
            ReportBlock block, long rttNanos, long sentBytes, long targetBps, long nowNanos) {
        hasReports = true;
        if (followsFeedback(nowNanos)) {
            reportedLoss.setEstimate(targetBps);
        }
        return reportedLoss.onReportBlock(block, rttNanos, sentBytes, nowNanos);
    }

    /** The receiver tells an upper bound; it holds until the next one. */
    void onRemb(long bps, long nowNanos) {
        rembBps = Math.max(0, bps);
        if (!followsFeedback(nowNanos)
                && nowNanos - startNanos < START_PHASE_NANOS
                && reportedLoss.lossRatio() == 0) {
            reportedLoss.setEstimate(rembBps);
        }
    }

    /** Begins again from a rate. */
    void restart(long bps, long nowNanos) {
        delayBased.setEstimate(bps, nowNanos);
        lossBased.setEstimate(delayBased.estimateBps());
        reportedLoss.setEstimate(bps);
    }

    /** The estimate, in bits per second. */
    long bps(long nowNanos) {
        return Math.min(rembBps, measuredBps(nowNanos));
    }

    /**
     * How far probes may go. Beside feedback, REMB is a bound that the receiver has set; without,
     * it is what he measures, by probes, too. Report blocks alone do not tell what a probe
     * measured.
     */
    long probeLimitBps(long nowNanos) {
        if (followsFeedback(nowNanos)) {
            return rembBps;
        }
        boolean isBlind = hasReports && rembBps == Long.MAX_VALUE;
        return isBlind ? 0 : Long.MAX_VALUE;
    }

    private long measuredBps(long nowNanos) {
        if (!followsFeedback(nowNanos)) {
            return reportedLoss.estimateBps();
        }
        return lossState(nowNanos) == LossState.DELAY_BASED
                ? delayBased.estimateBps()
                : Math.min(delayBased.estimateBps(), lossBased.estimateBps());
    }

    /** What loss makes of the estimate. */
    LossState lossState(long nowNanos) {
        boolean counts =
                mode != EstimationMode.DELAY && lossBased.isReady() && followsFeedback(nowNanos);
        return counts ? lossBased.state() : LossState.DELAY_BASED;
    }

    /** The share lost in the latest windows of feedback, 0 to 1. */
    double lossRatio(long nowNanos) {
        return followsFeedback(nowNanos) ? lossBased.lossRatio() : reportedLoss.lossRatio();
    }
}
