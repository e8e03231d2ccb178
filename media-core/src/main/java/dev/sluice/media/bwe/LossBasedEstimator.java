package dev.sluice.media.bwe;

/**
 * The rate that loss allows, by the method of libwebrtc's LossBasedBweV2, where the constants are
 * from. Of some candidates for the bandwidth the one wins that is the most likely by {@link
 * LossModel}.
 */
final class LossBasedEstimator {

    static final int MIN_OBSERVATIONS = 3;

    private static final double[] CANDIDATE_FACTORS = {1.02, 1.0, 0.95};

    /** What the upper bound balances: loss over {@link #BALANCE_OFFSET} times the rate. */
    private static final double BALANCE_BPS = 100_000;

    /** The upper bound's, when no queue says that the loss is by congestion. Our own. */
    private static final double CALM_BALANCE_BPS = 150_000;

    private static final double BALANCE_OFFSET = 0.05;

    private static final double RAMP_UP_FACTOR = 1.5;
    private static final double RAMP_UP_FACTOR_IN_HOLD = 1.2;
    private static final double HOLD_THRESHOLD = 1.3;
    private static final double MAX_INCREASE_FACTOR = 1.3;
    private static final long DELAYED_INCREASE_NANOS = 300_000_000;
    private static final long FIRST_HOLD_NANOS = 300_000_000;
    private static final long MAX_HOLD_NANOS = 60_000_000_000L;
    private static final long PADDING_NANOS = 2_000_000_000L;

    private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

    private final LossObservations observations = new LossObservations();
    private final LossModel model = new LossModel(observations);
    private final double minBps;
    private final double maxBps;

    private double bandwidthBps = -1;
    private double inherentLoss = LossModel.FIRST_INHERENT_LOSS;
    private double candidateLoss;
    private double acknowledgedBps = -1;
    private double delayBps;
    private double resultBps;
    private boolean calm;
    private LossState state = LossState.DELAY_BASED;

    private boolean inIncreaseWindow;
    private long increaseWindowStartNanos;
    private double increaseWindowLimitBps = UNBOUNDED;

    private boolean hasHold;
    private long holdEndNanos;
    private long holdNanos = FIRST_HOLD_NANOS;
    private double holdBps = UNBOUNDED;

    private double paddedBps;
    private long paddingStartNanos;

    LossBasedEstimator(EstimatorSettings settings) {
        minBps = settings.minBps();
        maxBps = settings.maxBps();
    }

    /** Whether enough was observed for {@link #estimateBps} to count. */
    boolean isReady() {
        return observations.count() >= MIN_OBSERVATIONS;
    }

    long estimateBps() {
        return (long) resultBps;
    }

    LossState state() {
        return state;
    }

    /** The share of bytes lost of late, 0 to 1. */
    double lossRatio() {
        return observations.lossRatio();
    }

    /** A probe, or a restart, told the bandwidth. */
    void setEstimate(long bps) {
        bandwidthBps = bps;
        resultBps = bps;
        state = LossState.DELAY_BASED;
    }

    /**
     * Takes what a feedback says.
     *
     * @param acknowledged in bits per second, -1 while unknown
     * @param delayEstimateBps what the delay allows; the result never exceeds it by choice
     * @param calm there has been no congestion by delay for a while
     */
    void onResults(
            PacketResults results,
            long acknowledged,
            long delayEstimateBps,
            boolean applicationLimited,
            boolean calm) {
        this.calm = calm;
        delayBps = delayEstimateBps;
        acknowledgedBps = acknowledged;
        if (!observations.onResults(results)) {
            return;
        }
        if (bandwidthBps < 0) {
            bandwidthBps = delayBps;
            resultBps = delayBps;
        }
        double best = boundIncrease(mostLikely(applicationLimited));
        settle(best);
        openIncreaseWindow();
    }

    /** The bandwidth of the best candidate; its inherent loss stays in {@link #candidateLoss}. */
    private double mostLikely(boolean applicationLimited) {
        double best = bandwidthBps;
        double bestLoss = inherentLoss;
        double bestLikelihood = Double.NEGATIVE_INFINITY;
        int candidates = CANDIDATE_FACTORS.length + 2;
        for (int i = 0; i < candidates; i++) {
            double candidate = candidateBps(i, applicationLimited);
            if (candidate < 0) {
                continue;
            }
            double loss = model.likelyLoss(inherentLoss, candidate);
            double likelihood = model.likelihood(candidate, loss);
            if (likelihood > bestLikelihood) {
                bestLikelihood = likelihood;
                best = candidate;
                bestLoss = loss;
            }
        }
        candidateLoss = bestLoss;
        boolean losesMore = observations.lossRatio() > bestLoss;
        return losesMore && best > bandwidthBps ? bandwidthBps : best;
    }

    /** Negative for none. */
    private double candidateBps(int index, boolean applicationLimited) {
        double candidate;
        if (index < CANDIDATE_FACTORS.length) {
            candidate = CANDIDATE_FACTORS[index] * bandwidthBps;
        } else if (index == CANDIDATE_FACTORS.length) {
            boolean isTried = !applicationLimited || isPadding();
            candidate = isTried ? acknowledgedBps : -1;
        } else {
            candidate = delayBps > bandwidthBps ? delayBps : -1;
        }
        double limit = isLossLimited() ? increaseWindowLimitBps : maxBps;
        return Math.min(candidate, Math.max(bandwidthBps, limit));
    }

    private double boundIncrease(double candidate) {
        if (!isLossLimited()) {
            return candidate;
        }
        double best = candidate;
        if (inIncreaseWindow && sinceIncreaseWindowNanos() < DELAYED_INCREASE_NANOS) {
            best = Math.min(best, increaseWindowLimitBps);
        }
        if (isIncrease(bandwidthBps, best) && acknowledgedBps >= 0) {
            boolean isHeld = hasHold && acknowledgedBps < HOLD_THRESHOLD * holdBps;
            double factor = isHeld ? RAMP_UP_FACTOR_IN_HOLD : RAMP_UP_FACTOR;
            best = Math.max(bandwidthBps, Math.min(best, factor * acknowledgedBps));
            if (state == LossState.DECREASING && best <= bandwidthBps) {
                best = bandwidthBps + 1; // so that the state turns, and padding begins
            }
        }
        return best;
    }

    private void settle(double best) {
        double bounded = Math.max(lowerBound(), Math.min(best, Math.min(upperBound(), delayBps)));
        if (bounded < best) {
            bandwidthBps = bounded;
            inherentLoss = 0;
        } else {
            bandwidthBps = Math.max(best, lowerBound());
            inherentLoss = candidateLoss;
        }
        if (isHolding(bounded)) {
            holdBps = Math.max(holdBps, lowerBound());
            resultBps = Math.min(holdBps, bounded);
            return;
        }
        changeState(bounded);
        resultBps = bounded;
    }

    private boolean isHolding(double bounded) {
        return state == LossState.DECREASING
                && hasHold
                && holdEndNanos - observations.lastSentNanos() > 0
                && bounded < delayBps;
    }

    private void changeState(double bounded) {
        boolean isLimiting = bounded < delayBps && bounded < maxBps;
        if (isLimiting && isIncrease(resultBps, bounded) && mayKeepIncreasing(bounded)) {
            if (bounded > paddedBps) {
                paddedBps = bounded;
                paddingStartNanos = observations.lastSentNanos();
            }
            state = LossState.INCREASING;
        } else if (isLimiting) {
            if (state != LossState.DECREASING) {
                hold(bounded);
            }
            paddedBps = 0;
            state = LossState.DECREASING;
        } else {
            hasHold = false;
            holdNanos = FIRST_HOLD_NANOS;
            holdBps = UNBOUNDED;
            paddedBps = 0;
            state = LossState.DELAY_BASED;
        }
    }

    /** Each time that loss returns, the rate is held for twice as long. */
    private void hold(double bounded) {
        hasHold = true;
        holdEndNanos = observations.lastSentNanos() + holdNanos;
        holdNanos = Math.min(2 * holdNanos, MAX_HOLD_NANOS);
        holdBps = bounded;
    }

    private void openIncreaseWindow() {
        boolean isOver = !inIncreaseWindow || sinceIncreaseWindowNanos() > DELAYED_INCREASE_NANOS;
        if (isLossLimited() && isOver) {
            increaseWindowLimitBps = Math.max(minBps, bandwidthBps * MAX_INCREASE_FACTOR);
            increaseWindowStartNanos = observations.lastSentNanos();
            inIncreaseWindow = true;
        }
    }

    private long sinceIncreaseWindowNanos() {
        return observations.lastSentNanos() - increaseWindowStartNanos;
    }

    private boolean isLossLimited() {
        return state != LossState.DELAY_BASED;
    }

    private boolean isIncrease(double from, double to) {
        return isLossLimited() && (from < to || (from == to && state == LossState.INCREASING));
    }

    private boolean isPadding() {
        return paddedBps > 0 && observations.lastSentNanos() - paddingStartNanos <= PADDING_NANOS;
    }

    private boolean mayKeepIncreasing(double bounded) {
        return state != LossState.INCREASING || isPadding() || paddedBps < bounded;
    }

    /** What high loss allows at once, whatever the model says. */
    private double upperBound() {
        double excess = observations.lossRatio() - BALANCE_OFFSET;
        double balanceBps = calm ? CALM_BALANCE_BPS : BALANCE_BPS;
        return excess > 0 ? balanceBps / excess : maxBps;
    }

    /** What arrives is carried. */
    private double lowerBound() {
        return Math.max(acknowledgedBps, minBps);
    }
}
