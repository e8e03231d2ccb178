package dev.sluice.media.bwe;

import org.jspecify.annotations.Nullable;

/** The probes that are yet to be sent, in their order. */
final class ProbeQueue {

    private static final int CAPACITY = 4;
    private static final int MIN_PACKETS = 5;
    private static final double BITS_AND_NANOS = 8e9;

    private final Probe[] probes = new Probe[CAPACITY];
    private int first;
    private int size;
    private int lastId;

    boolean isFull() {
        return size == CAPACITY;
    }

    /** Adds a probe of a rate that takes about so long; there has to be room. */
    void add(long bps, long durationNanos) {
        int minBytes = (int) Math.min(bps * durationNanos / BITS_AND_NANOS, Integer.MAX_VALUE);
        lastId = lastId == Integer.MAX_VALUE ? 1 : lastId + 1;
        probes[(first + size) % CAPACITY] = new Probe(lastId, bps, MIN_PACKETS, minBytes);
        size++;
    }

    /** Takes the next one; null when there is none. */
    @Nullable Probe poll() {
        if (size == 0) {
            return null;
        }
        Probe next = probes[first];
        first = (first + 1) % CAPACITY;
        size--;
        return next;
    }
}
