package dev.sluice.load.report;

import org.HdrHistogram.Histogram;

/**
 * How times are spread, in nanoseconds; all 0 where there are none.
 *
 * @param count how many times there are
 */
public record Distribution(
        long count,
        long p50Nanos,
        long p90Nanos,
        long p95Nanos,
        long p99Nanos,
        long p999Nanos,
        long maxNanos) {

    public static Distribution of(Histogram times) {
        return new Distribution(
                times.getTotalCount(),
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(90),
                times.getValueAtPercentile(95),
                times.getValueAtPercentile(99),
                times.getValueAtPercentile(99.9),
                times.getMaxValue());
    }
}
