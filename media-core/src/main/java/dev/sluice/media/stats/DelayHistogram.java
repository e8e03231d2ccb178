package dev.sluice.media.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Delays in buckets of fixed bounds, recorded by one thread and read by any, without lock.
 *
 * <p>Recording costs a walk over the bounds, which are few.
 */
public final class DelayHistogram {

    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

    /** 50 us to 500 ms: from one packet's own work to a delay that breaks a call. */
    private static final long[] DEFAULT_BOUNDS_NANOS = {
        50_000,
        100_000,
        200_000,
        500_000,
        1_000_000,
        2_000_000,
        5_000_000,
        10_000_000,
        20_000_000,
        50_000_000,
        100_000_000,
        200_000_000,
        500_000_000,
    };

    private final long[] boundsNanos;
    private final long[] counts;
    private final Counter sumNanos = new Counter();

    /** With bounds from 50 microseconds to 500 milliseconds. */
    public DelayHistogram() {
        this(DEFAULT_BOUNDS_NANOS);
    }

    /**
     * With the inclusive upper bounds of all buckets but the last, which takes the rest.
     *
     * @throws IllegalArgumentException if the bounds do not ascend
     */
    public DelayHistogram(long... upperBoundsNanos) {
        for (int i = 1; i < upperBoundsNanos.length; i++) {
            if (upperBoundsNanos[i] <= upperBoundsNanos[i - 1]) {
                throw new IllegalArgumentException(
                        "bound %d is %d ns, not above the %d ns before it"
                                .formatted(i, upperBoundsNanos[i], upperBoundsNanos[i - 1]));
            }
        }
        boundsNanos = upperBoundsNanos.clone();
        counts = new long[boundsNanos.length + 1];
    }

    /**
     * Records the same delay of several packets, such as those of one batch; by the writing thread
     * only. A negative one counts as 0.
     */
    public void onDelays(long delayNanos, int packets) {
        long nanos = Math.max(0, delayNanos);
        int bucket = 0;
        while (bucket < boundsNanos.length && nanos > boundsNanos[bucket]) {
            bucket++;
        }
        COUNTS.setOpaque(counts, bucket, counts[bucket] + packets);
        sumNanos.add(nanos * packets);
    }

    /** What was recorded so far, from any thread; the sum may be ahead of or behind the counts. */
    public DelaySnapshot snapshot() {
        long[] cumulative = new long[counts.length];
        long count = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            count += (long) COUNTS.getOpaque(counts, bucket);
            cumulative[bucket] = count;
        }
        return new DelaySnapshot(boundsNanos, cumulative, sumNanos.value());
    }
}
