package dev.sluice.load.report;

/**
 * What a process took while the run measured.
 *
 * @param cpuNanos of all its threads
 * @param wallNanos how long the run measured
 * @param peakRssBytes the most since the process began
 */
public record ProcessFigures(
        long cpuNanos, long wallNanos, long rssStartBytes, long rssEndBytes, long peakRssBytes) {

    private static final double PERCENT = 100;

    /** The kernel counts to 10 ms: shares of a shorter time than this are made of that. */
    private static final long LEAST_NANOS = 100_000_000;

    public static ProcessFigures between(ProcessSample start, ProcessSample end, long wallNanos) {
        return new ProcessFigures(
                end.cpuNanos() - start.cpuNanos(),
                wallNanos,
                start.rssBytes(),
                end.rssBytes(),
                end.peakRssBytes());
    }

    /** Whether the run measured for long enough to tell. */
    public boolean isCpuKnown() {
        return wallNanos >= LEAST_NANOS;
    }

    /** 100 is one core. */
    public double cpuPercent() {
        return wallNanos == 0 ? 0 : PERCENT * cpuNanos / wallNanos;
    }
}
