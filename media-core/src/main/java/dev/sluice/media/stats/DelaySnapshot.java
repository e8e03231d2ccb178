package dev.sluice.media.stats;

/**
 * The state of a {@link DelayHistogram} at one moment, with counts summed up as Prometheus has it.
 */
public final class DelaySnapshot {

    private final long[] boundsNanos;
    private final long[] cumulativeCounts;
    private final long sumNanos;

    /** Takes over both arrays; the counts have one element more than the bounds. */
    DelaySnapshot(long[] boundsNanos, long[] cumulativeCounts, long sumNanos) {
        this.boundsNanos = boundsNanos;
        this.cumulativeCounts = cumulativeCounts;
        this.sumNanos = sumNanos;
    }

    /** All recorded delays. */
    public long count() {
        return cumulativeCounts[boundsNanos.length];
    }

    /** Their sum. */
    public long sumNanos() {
        return sumNanos;
    }

    /** The number of buckets that have an upper bound. */
    public int buckets() {
        return boundsNanos.length;
    }

    /** The inclusive upper bound of a bucket, from 0 to {@link #buckets()} - 1. */
    public long upperBoundNanos(int bucket) {
        return boundsNanos[bucket];
    }

    /** The delays at or below the bound of a bucket, from 0 to {@link #buckets()} - 1. */
    public long countUpTo(int bucket) {
        return cumulativeCounts[bucket];
    }
}
