package dev.sluice.media.bwe;

/** The round trip to a receiver, smoothed. */
final class RoundTripTime {

    static final long UNKNOWN = -1;

    private static final int SMOOTHING = 8;

    private long smoothedNanos = UNKNOWN;

    /** In nanoseconds, {@link #UNKNOWN} before the first sample. */
    long nanos() {
        return smoothedNanos;
    }

    void onSample(long nanos) {
        smoothedNanos =
                smoothedNanos == UNKNOWN
                        ? nanos
                        : smoothedNanos + (nanos - smoothedNanos) / SMOOTHING;
    }

    /**
     * Takes the shortest round trip of a feedback's packets, without the time that they waited for
     * the packet that arrived last.
     */
    void onResults(PacketResults results, long nowNanos) {
        int count = results.timedCount();
        if (count == 0) {
            return;
        }
        long latestArrival = results.arrivalNanos(results.byArrival(count - 1));
        long shortest = Long.MAX_VALUE;
        for (int place = 0; place < count; place++) {
            int index = results.byArrival(place);
            long waited = latestArrival - results.arrivalNanos(index);
            shortest = Math.min(shortest, nowNanos - results.sentNanos(index) - waited);
        }
        if (shortest >= 0) {
            onSample(shortest);
        }
    }
}
