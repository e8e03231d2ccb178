package dev.sluice.media.bwe;

/**
 * The least of the last values: of so many, or, where they come faster than every 5 ms, of so many
 * times 5 ms.
 */
final class RecentMinimum {

    private static final int SLOTS = 5;
    private static final long SLOT_NANOS = 5_000_000;

    private final long[] minima = new long[SLOTS];
    private int filled;
    private int current;
    private long slotStartNanos;

    boolean isEmpty() {
        return filled == 0;
    }

    /** Of no meaning while empty. */
    long minimum() {
        long least = Long.MAX_VALUE;
        for (int slot = 0; slot < filled; slot++) {
            least = Math.min(least, minima[slot]);
        }
        return least;
    }

    void add(long value, long nowNanos) {
        long elapsedNanos = nowNanos - slotStartNanos;
        if (filled > 0 && elapsedNanos >= 0 && elapsedNanos < SLOT_NANOS) {
            minima[current] = Math.min(minima[current], value);
            return;
        }
        current = filled == 0 ? 0 : (current + 1) % SLOTS;
        filled = Math.min(filled + 1, SLOTS);
        minima[current] = value;
        slotStartNanos = nowNanos;
    }

    void clear() {
        filled = 0;
    }
}
