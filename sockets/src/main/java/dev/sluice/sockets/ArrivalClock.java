package dev.sluice.sockets;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;

/**
 * Tells when the kernel took in the datagram that was read last from a socket: how late its reader
 * is must not count as delay. Where the kernel does not tell (not Linux, not epoll), the time of
 * the call has to do. For one thread.
 */
public final class ArrivalClock {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Two readings of the clock with this between them tell one time. */
    private static final long CLOSE_NANOS = 5_000;

    private static final int MAX_READINGS = 3;

    private final MemorySegment timespec = LinuxSockets.newTimespec(Arena.ofAuto());

    /** Asks the kernel to stamp what comes from now on. */
    public void watch(Channel channel) {
        var _ = stampNanos(channel);
    }

    /** When the datagram that was read last came, by the monotonic clock; never later than now. */
    public long arrivalNanos(Channel channel) {
        long stampNanos = stampNanos(channel);
        for (int reading = 1; ; reading++) {
            long before = System.nanoTime();
            long wallNanos = wallNanos();
            long nowNanos = System.nanoTime();
            if (nowNanos - before <= CLOSE_NANOS || reading == MAX_READINGS) {
                return stampNanos == 0 ? nowNanos : nowNanos - Math.max(0, wallNanos - stampNanos);
            }
        }
    }

    /** By the wall clock; 0 where there is no stamp. */
    private long stampNanos(Channel channel) {
        return channel instanceof UnixChannel socket && LinuxSockets.areAvailable()
                ? LinuxSockets.arrivalNanos(socket.fd().intValue(), timespec)
                : 0;
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}
