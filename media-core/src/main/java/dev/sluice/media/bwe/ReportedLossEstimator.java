package dev.sluice.media.bwe;

import dev.sluice.media.rtcp.ReportBlock;

import java.util.Arrays;

/**
 * The estimate for peers that send report blocks, and perhaps REMB, but no transport feedback:
 * above 10 % loss the rate falls by half of it, below 2 % it grows by 8 % a second.
 * draft-ietf-rmcat-gcc-02 section 6; the intervals are libwebrtc's.
 */
final class ReportedLossEstimator {

    private static final double HIGH_LOSS = 0.1;
    private static final double LOW_LOSS = 0.02;
    private static final double INCREASE_PER_SECOND = 1.08;
    private static final long MIN_INCREASE_BPS = 1_000;
    private static final long DECREASE_INTERVAL_NANOS = 300_000_000;
    private static final double MAX_INCREASE_SECONDS = 1;

    /** With fewer packets reported on, loss is too coarse a number. */
    private static final int MIN_PACKETS = 20;

    /** The estimate may be so much above what is sent. */
    private static final double MAX_OVER_SENT = 1.5;

    private static final long MAX_OVER_SENT_BPS = 10_000;

    /** Streams of one viewer; more than these are not told apart from new ones. */
    private static final int MAX_STREAMS = 32;

    private static final long UNUSED = -1;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long minBps;
    private final long maxBps;
    private final long[] ssrcs = new long[MAX_STREAMS];
    private final long[] highestSequences = new long[MAX_STREAMS];
    private final int[] cumulativeLosts = new int[MAX_STREAMS];
    private int nextStream;
    private double estimateBps;
    private long expected;
    private long lost;
    private double lossRatio;
    private boolean hasUpdate;
    private long lastUpdateNanos;
    private boolean hasDecrease;
    private long lastDecreaseNanos;
    private long sentBytesAtUpdate;

    ReportedLossEstimator(EstimatorSettings settings) {
        minBps = settings.minBps();
        maxBps = settings.maxBps();
        estimateBps = settings.startBps();
        Arrays.fill(ssrcs, UNUSED);
    }

    long estimateBps() {
        return (long) estimateBps;
    }

    /** The share of packets lost by the latest reports, 0 to 1. */
    double lossRatio() {
        return lossRatio;
    }

    void setEstimate(long bps) {
        estimateBps = Math.clamp(bps, minBps, maxBps);
    }

    /**
     * Takes a report; whether it tells of packets that no report told of before.
     *
     * @param sentBytes all that was sent until now
     */
    boolean onReportBlock(ReportBlock block, long rttNanos, long sentBytes, long nowNanos) {
        boolean hasNews = count(block);
        if (expected < MIN_PACKETS) {
            return hasNews;
        }
        lossRatio = Math.clamp((double) lost / expected, 0, 1);
        expected = 0;
        lost = 0;
        update(Math.max(rttNanos, 0), sentBytes, nowNanos);
        return hasNews;
    }

    /** What is new of a stream since its last report; a leap, as a new stream, counts nothing. */
    private boolean count(ReportBlock block) {
        int slot = slotOf(block.ssrc());
        int packets = (int) (block.extendedHighestSequence() - highestSequences[slot]);
        int newlyLost = block.cumulativeLost() - cumulativeLosts[slot];
        boolean isKnown = ssrcs[slot] == block.ssrc();
        ssrcs[slot] = block.ssrc();
        if (isKnown && packets <= 0) {
            return false;
        }
        highestSequences[slot] = block.extendedHighestSequence();
        cumulativeLosts[slot] = block.cumulativeLost();
        if (isKnown && packets < 1 << 16) {
            expected += packets;
            lost += Math.clamp(newlyLost, 0, packets);
        }
        return true;
    }

    private int slotOf(long ssrc) {
        for (int slot = 0; slot < MAX_STREAMS; slot++) {
            if (ssrcs[slot] == ssrc) {
                return slot;
            }
        }
        nextStream = (nextStream + 1) % MAX_STREAMS;
        return nextStream;
    }

    private void update(long rttNanos, long sentBytes, long nowNanos) {
        double seconds = hasUpdate ? (nowNanos - lastUpdateNanos) / NANOS_PER_SECOND : 1;
        if (lossRatio > HIGH_LOSS) {
            decrease(rttNanos, nowNanos);
        } else if (lossRatio < LOW_LOSS) {
            increase(sentBytes - sentBytesAtUpdate, seconds);
        }
        hasUpdate = true;
        lastUpdateNanos = nowNanos;
        sentBytesAtUpdate = sentBytes;
    }

    private void decrease(long rttNanos, long nowNanos) {
        if (!hasDecrease || nowNanos - lastDecreaseNanos >= DECREASE_INTERVAL_NANOS + rttNanos) {
            hasDecrease = true;
            lastDecreaseNanos = nowNanos;
            estimateBps = Math.max(estimateBps * (1 - lossRatio / 2), (double) minBps);
        }
    }

    private void increase(long newBytes, double seconds) {
        double sentBps = seconds > 0 ? newBytes * 8 / seconds : 0;
        double limit = Math.min(MAX_OVER_SENT * sentBps + MAX_OVER_SENT_BPS, (double) maxBps);
        if (estimateBps < limit) {
            double factor = Math.pow(INCREASE_PER_SECOND, Math.min(seconds, MAX_INCREASE_SECONDS));
            estimateBps = Math.min(estimateBps * factor + MIN_INCREASE_BPS, limit);
        }
    }
}
