package dev.sluice.sockets;

import java.time.Instant;

/**
 * Turns the times at which the kernel took datagrams in, which are of the wall clock, into times of
 * the monotonic clock: how late their reader is must not count as delay. For one thread.
 */
public final class ArrivalClock {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Two readings of the clock with this between them tell one time. */
    private static final long CLOSE_NANOS = 5_000;

    private static final int MAX_READINGS = 3;

    private long nowNanos;
    private long wallNanos;

    /** Reads both clocks; to be called when datagrams were received. */
    public void read() {
        long before;
        int readings = 0;
        do {
            before = System.nanoTime();
            wallNanos = wallNanos();
            nowNanos = System.nanoTime();
            readings++;
        } while (nowNanos - before > CLOSE_NANOS && readings < MAX_READINGS);
    }

    /**
     * When a datagram came, by the monotonic clock; never later than {@link #read}.
     *
     * @param stampNanos by the wall clock; 0 where nobody has told, for that of the reading
     */
    public long arrivalNanos(long stampNanos) {
        return stampNanos == 0 ? nowNanos : nowNanos - Math.max(0, wallNanos - stampNanos);
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}
