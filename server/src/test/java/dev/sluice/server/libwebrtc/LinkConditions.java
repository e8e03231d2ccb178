package dev.sluice.server.libwebrtc;

import java.time.Duration;

/**
 * What one direction of a network does to datagrams: it loses some, lets the rest through at its
 * rate, and takes its time.
 *
 * @param lossRate the share that gets lost, 0 to 1
 * @param delay of each datagram, without the wait for the ones before it
 * @param rateBps of datagrams without their headers; {@link #NO_LIMIT} is no bound
 * @param queue the longest wait at that rate; what would wait longer is dropped
 */
public record LinkConditions(double lossRate, Duration delay, long rateBps, Duration queue) {

    public static final long NO_LIMIT = 0;

    /** A network that does nothing. */
    public static final LinkConditions OPEN =
            new LinkConditions(0, Duration.ZERO, NO_LIMIT, Duration.ZERO);

    /** The same with this share lost. */
    public LinkConditions losing(double share) {
        return new LinkConditions(share, delay, rateBps, queue);
    }

    /** The same with this delay. */
    public LinkConditions delayedBy(Duration each) {
        return new LinkConditions(lossRate, each, rateBps, queue);
    }

    /** The same with this rate, and a queue of this length. */
    public LinkConditions limitedTo(long bps, Duration longestWait) {
        return new LinkConditions(lossRate, delay, bps, longestWait);
    }
}
