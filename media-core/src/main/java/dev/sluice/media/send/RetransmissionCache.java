package dev.sluice.media.send;

import java.util.Arrays;

/**
 * Which published packet an outgoing sequence number stands for: numbers, not bytes; those are in
 * the publisher's ring. A packet is sent again at most once a round trip.
 */
public final class RetransmissionCache {

    /** No such packet, or it was sent again a moment ago. */
    public static final long NONE = -1;

    /** Requests that come closer than this are one request that was repeated. */
    private static final long MIN_INTERVAL_NANOS = 10_000_000L;

    private static final long NEVER_RESENT = Long.MIN_VALUE;

    private final int mask;
    private final int[] sequences;
    private final long[] sources;
    private final long[] resentNanos;

    /**
     * @param packets how many are remembered, a power of two up to 32768
     */
    public RetransmissionCache(int packets) {
        if (Integer.bitCount(packets) != 1 || packets > 1 << 15) {
            throw new IllegalArgumentException(
                    "packets is " + packets + ", not a power of two up to 32768");
        }
        this.mask = packets - 1;
        this.sequences = new int[packets];
        this.sources = new long[packets];
        this.resentNanos = new long[packets];
        clear();
    }

    public void clear() {
        Arrays.fill(sequences, -1);
    }

    /** Notes that a packet went out under the sequence number, 0..65535. */
    public void record(int sequence, long sourceSequence) {
        int slot = sequence & mask;
        sequences[slot] = sequence;
        sources[slot] = sourceSequence;
        resentNanos[slot] = NEVER_RESENT;
    }

    /**
     * The published packet behind a number that is missed, counted as sent again; {@link #NONE}
     * otherwise.
     *
     * @param rttNanos the round trip, 0 when unknown
     */
    public long lookup(int sequence, long rttNanos, long nowNanos) {
        int slot = sequence & mask;
        if (sequences[slot] != sequence) {
            return NONE;
        }
        long last = resentNanos[slot];
        if (last != NEVER_RESENT && nowNanos - last < Math.max(MIN_INTERVAL_NANOS, rttNanos)) {
            return NONE;
        }
        resentNanos[slot] = nowNanos;
        return sources[slot];
    }
}
