package dev.sluice.server.session;

/**
 * The round trip to a peer.
 *
 * @param rttNanos the last one, -1 while it is not known
 * @param sumNanos of all that were measured
 * @param measurements their number
 * @param measuredNanos when the last one was measured; of no meaning before
 */
public record RoundTrip(long rttNanos, long sumNanos, long measurements, long measuredNanos) {

    /** Nothing was measured. */
    public static final RoundTrip UNKNOWN = new RoundTrip(-1, 0, 0, 0);

    public boolean isKnown() {
        return rttNanos >= 0;
    }

    RoundTrip and(long newestNanos, long nowNanos) {
        return new RoundTrip(newestNanos, sumNanos + newestNanos, measurements + 1, nowNanos);
    }
}
