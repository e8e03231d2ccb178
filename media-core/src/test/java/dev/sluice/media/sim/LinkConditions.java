package dev.sluice.media.sim;

/**
 * How a link treats the datagrams sent over it in one direction. Ratios are from 0 to 1.
 *
 * @param lossRatio of datagrams that vanish, each independently
 * @param delayNanos from the end of sending to arrival
 * @param jitterNanos the most that is added to the delay, evenly spread; it keeps the order
 * @param reorderRatio of datagrams that are held back, so that later ones overtake them
 * @param reorderNanos for how long these are held back
 * @param duplicateRatio of datagrams that arrive twice
 * @param rateBps what the link carries, 0 for no limit
 * @param queueNanos the longest wait for the link; a datagram that would wait longer is dropped
 *     (drop-tail)
 * @param queueBytes the most that may wait for the link, the datagram included
 */
public record LinkConditions(
        double lossRatio,
        long delayNanos,
        long jitterNanos,
        double reorderRatio,
        long reorderNanos,
        double duplicateRatio,
        long rateBps,
        long queueNanos,
        long queueBytes) {

    /** No loss, no delay, no limit. */
    public static final LinkConditions PERFECT =
            new LinkConditions(0, 0, 0, 0, 0, 0, 0, Long.MAX_VALUE, Long.MAX_VALUE);

    private static final long NANOS_PER_MILLI = 1_000_000;

    public LinkConditions withLoss(double ratio) {
        return new LinkConditions(
                ratio,
                delayNanos,
                jitterNanos,
                reorderRatio,
                reorderNanos,
                duplicateRatio,
                rateBps,
                queueNanos,
                queueBytes);
    }

    public LinkConditions withDelayMillis(long millis) {
        return new LinkConditions(
                lossRatio,
                millis * NANOS_PER_MILLI,
                jitterNanos,
                reorderRatio,
                reorderNanos,
                duplicateRatio,
                rateBps,
                queueNanos,
                queueBytes);
    }

    public LinkConditions withJitterMillis(long millis) {
        return new LinkConditions(
                lossRatio,
                delayNanos,
                millis * NANOS_PER_MILLI,
                reorderRatio,
                reorderNanos,
                duplicateRatio,
                rateBps,
                queueNanos,
                queueBytes);
    }

    public LinkConditions withReordering(double ratio, long heldBackMillis) {
        return new LinkConditions(
                lossRatio,
                delayNanos,
                jitterNanos,
                ratio,
                heldBackMillis * NANOS_PER_MILLI,
                duplicateRatio,
                rateBps,
                queueNanos,
                queueBytes);
    }

    public LinkConditions withDuplication(double ratio) {
        return new LinkConditions(
                lossRatio,
                delayNanos,
                jitterNanos,
                reorderRatio,
                reorderNanos,
                ratio,
                rateBps,
                queueNanos,
                queueBytes);
    }

    public LinkConditions withRate(long bps) {
        return new LinkConditions(
                lossRatio,
                delayNanos,
                jitterNanos,
                reorderRatio,
                reorderNanos,
                duplicateRatio,
                bps,
                queueNanos,
                queueBytes);
    }

    public LinkConditions withQueueMillis(long millis) {
        return new LinkConditions(
                lossRatio,
                delayNanos,
                jitterNanos,
                reorderRatio,
                reorderNanos,
                duplicateRatio,
                rateBps,
                millis * NANOS_PER_MILLI,
                queueBytes);
    }

    public LinkConditions withQueueBytes(long bytes) {
        return new LinkConditions(
                lossRatio,
                delayNanos,
                jitterNanos,
                reorderRatio,
                reorderNanos,
                duplicateRatio,
                rateBps,
                queueNanos,
                bytes);
    }
}
