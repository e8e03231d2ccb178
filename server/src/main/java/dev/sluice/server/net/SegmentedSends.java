package dev.sluice.server.net;

import io.netty.channel.epoll.EpollDatagramChannel;

/**
 * Whether runs of datagrams go to the kernel as one send, which it cuts apart (UDP_SEGMENT, Linux
 * 4.18). Some network interfaces, and paths with a small MTU, refuse that: then datagrams go one by
 * one for a while.
 */
final class SegmentedSends {

    private static final long PAUSE_NANOS = 10_000_000_000L;

    private static final int EIO = 5;
    private static final int EINVAL = 22;
    private static final int EMSGSIZE = 90;

    private final boolean canSegment = EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    private long pausedUntilNanos;
    private boolean isPaused;

    boolean areAllowed() {
        isPaused = isPaused && System.nanoTime() - pausedUntilNanos < 0;
        return canSegment && !isPaused;
    }

    /** A send has failed; returns whether that may have been for its segments. */
    boolean onFailed(int errno) {
        boolean isRefused = errno == EIO || errno == EINVAL || errno == EMSGSIZE;
        if (isRefused) {
            isPaused = true;
            pausedUntilNanos = System.nanoTime() + PAUSE_NANOS;
        }
        return isRefused;
    }
}
