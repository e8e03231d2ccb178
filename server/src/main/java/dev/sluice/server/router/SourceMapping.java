package dev.sluice.server.router;

import java.util.random.RandomGenerator;

/**
 * Maps the numbers of a changing source to one continuous stream: sequence numbers go on without a
 * gap, timestamps by the time that passed. Within one source the mapping is a constant offset, so
 * that losses stay visible to the viewer.
 */
final class SourceMapping {

    private final int clockRateHz;
    private long sequenceOffset;
    private long firstSequence;
    private long highestSequence;
    private long timestampOffset;
    private long lastTimestamp;
    private long lastNanos;
    private boolean started;

    SourceMapping(int clockRateHz, RandomGenerator random) {
        this.clockRateHz = clockRateHz;
        // RFC 3550 5.1: random beginnings; below 2^15 so that SRTP's first index guess is safe.
        this.highestSequence = random.nextInt(1 << 15);
        this.lastTimestamp = random.nextInt() & 0xFFFF_FFFFL;
    }

    /** Makes the packet the first of a new source. */
    void switchTo(long extendedSequence, long timestamp, long nowNanos) {
        sequenceOffset = highestSequence + 1 - extendedSequence;
        firstSequence = extendedSequence;
        long elapsedTicks = started ? Math.max(1, ticks(nowNanos - lastNanos)) : 1;
        timestampOffset = lastTimestamp + elapsedTicks - timestamp;
        started = true;
    }

    /** Whether the packet belongs before the point at which the source was joined. */
    boolean isBeforeJoin(long extendedSequence) {
        return extendedSequence < firstSequence;
    }

    /** Notes a forwarded packet and gives its sequence number, 0..65535. */
    int map(long extendedSequence, long timestamp, long nowNanos) {
        long mapped = extendedSequence + sequenceOffset;
        if (mapped > highestSequence) {
            highestSequence = mapped;
            lastTimestamp = timestamp(timestamp);
            lastNanos = nowNanos;
        }
        return (int) (mapped & 0xFFFF);
    }

    /** The mapped timestamp, 0..2^32-1. */
    long timestamp(long timestamp) {
        return (timestamp + timestampOffset) & 0xFFFF_FFFFL;
    }

    /** The mapped timestamp of the newest packet. */
    long lastTimestamp() {
        return lastTimestamp & 0xFFFF_FFFFL;
    }

    /** What is added to a source's timestamp, modulo 2^32. */
    long timestampOffset() {
        return timestampOffset & 0xFFFF_FFFFL;
    }

    private long ticks(long nanos) {
        return nanos / 1_000 * clockRateHz / 1_000_000;
    }
}
