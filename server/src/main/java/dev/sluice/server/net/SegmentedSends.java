package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;

import io.netty.channel.epoll.EpollDatagramChannel;

import org.jspecify.annotations.Nullable;

import java.util.function.LongSupplier;

/**
 * Whether runs of datagrams go to the kernel as one send, which it cuts apart (UDP_SEGMENT, Linux
 * 4.18). A path with a small MTU refuses that: then the datagrams to that peer go one by one for a
 * while. Some network interfaces do: then all datagrams go so.
 */
final class SegmentedSends {

    private static final long PAUSE_NANOS = 10_000_000_000L;

    private static final int EIO = 5;
    private static final int EINVAL = 22;
    private static final int EMSGSIZE = 90;

    /** For paths that refuse. One that pushes out another costs that one a refused send. */
    private static final int PLACES = 256;

    private final boolean canSegment;
    private final LongSupplier nanoClock;
    private final @Nullable NetworkPath[] refusing = new NetworkPath[PLACES];
    private final long[] refusingUntilNanos = new long[PLACES];
    private long allPausedUntilNanos;
    private long limitedUntilNanos;

    /** Whether anything may be paused; while nothing is, this is all that is looked at. */
    private boolean isLimited;

    SegmentedSends() {
        this(EpollDatagramChannel.isSegmentedDatagramPacketSupported(), System::nanoTime);
    }

    /**
     * @param canSegment whether the system knows such sends
     */
    SegmentedSends(boolean canSegment, LongSupplier nanoClock) {
        this.canSegment = canSegment;
        this.nanoClock = nanoClock;
        this.isLimited = !canSegment;
        this.allPausedUntilNanos = nanoClock.getAsLong();
    }

    boolean areAllowed(NetworkPath to) {
        return !isLimited || areAllowedNow(to);
    }

    private boolean areAllowedNow(NetworkPath to) {
        if (!canSegment) {
            return false;
        }
        long now = nanoClock.getAsLong();
        isLimited = now - limitedUntilNanos < 0;
        return now - allPausedUntilNanos >= 0 && !isRefusing(to, now);
    }

    private boolean isRefusing(NetworkPath path, long nowNanos) {
        int place = place(path);
        return nowNanos - refusingUntilNanos[place] < 0 && path.equals(refusing[place]);
    }

    /** A segmented send has failed; returns whether that may have been for its segments. */
    boolean onFailed(int errno, NetworkPath to) {
        long until = nanoClock.getAsLong() + PAUSE_NANOS;
        switch (errno) {
            case EIO -> allPausedUntilNanos = until;
            case EINVAL, EMSGSIZE -> {
                int place = place(to);
                refusing[place] = to;
                refusingUntilNanos[place] = until;
            }
            default -> {
                return false;
            }
        }
        isLimited = true;
        limitedUntilNanos = until;
        return true;
    }

    private static int place(NetworkPath path) {
        return path.hashCode() & (PLACES - 1);
    }
}
