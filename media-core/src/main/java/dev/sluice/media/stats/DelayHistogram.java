package dev.sluice.media.stats;

import java.util.concurrent.atomic.AtomicLongArray;

/** Delays in fixed buckets, from 25 µs doubling to 1.6 s. One writing thread, any readers. */
public final class DelayHistogram {

    private static final long FIRST_BOUND_NANOS = 25_000;
    private static final int BOUNDED_BUCKETS = 17;

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDED_BUCKETS + 1);
    private final Counter sumNanos = new Counter();

    /**
     * What was recorded up to a moment.
     *
     * @param counts packets by bucket, not cumulative
     */
    public record Snapshot(long[] counts, long sumNanos) {}

    /** The largest delay of a bucket in nanoseconds; infinite for the last. */
    public static double upperBoundNanos(int bucket) {
        return bucket >= BOUNDED_BUCKETS
                ? Double.POSITIVE_INFINITY
                : FIRST_BOUND_NANOS * (double) (1L << bucket);
    }

    /** Records that {@code packets} packets took the time. */
    public void record(long delayNanos, int packets) {
        int bucket = bucketOf(delayNanos);
        counts.setOpaque(bucket, counts.getPlain(bucket) + packets);
        sumNanos.add(Math.max(0, delayNanos) * packets);
    }

    private static int bucketOf(long delayNanos) {
        long multiple = (Math.max(1, delayNanos) - 1) / FIRST_BOUND_NANOS;
        return Math.min(BOUNDED_BUCKETS, Long.SIZE - Long.numberOfLeadingZeros(multiple));
    }

    public Snapshot snapshot() {
        long[] copy = new long[counts.length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts.getOpaque(i);
        }
        return new Snapshot(copy, sumNanos.value());
    }
}
