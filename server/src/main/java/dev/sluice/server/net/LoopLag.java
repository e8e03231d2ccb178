package dev.sluice.server.net;

import io.netty.channel.EventLoop;

import java.util.concurrent.TimeUnit;

/**
 * How late a loop comes to what is due: the figure that shows an overloaded or stalled loop first.
 * Each probe of it is also a look at the loop's priority.
 */
public final class LoopLag {

    private static final long PERIOD_NANOS = 100_000_000L;

    /** Probes whose worst is reported: ten seconds of them. */
    private static final int WINDOW_PROBES = 100;

    private final EventLoop eventLoop;
    private final LoopPriority priority;
    private long expectedNanos;
    private long windowMaxNanos;
    private int probes;
    private volatile long reportedNanos;

    LoopLag(EventLoop eventLoop, LoopPriority priority) {
        this.eventLoop = eventLoop;
        this.priority = priority;
    }

    void start() {
        eventLoop.execute(this::scheduleNext);
    }

    private void scheduleNext() {
        expectedNanos = System.nanoTime() + PERIOD_NANOS;
        var _ = eventLoop.schedule(this::probe, PERIOD_NANOS, TimeUnit.NANOSECONDS);
    }

    private void probe() {
        long lateNanos = Math.max(0, System.nanoTime() - expectedNanos);
        windowMaxNanos = Math.max(windowMaxNanos, lateNanos);
        reportedNanos = Math.max(reportedNanos, windowMaxNanos);
        if (++probes == WINDOW_PROBES) {
            reportedNanos = windowMaxNanos;
            windowMaxNanos = 0;
            probes = 0;
        }
        priority.look();
        scheduleNext();
    }

    /** The worst lateness of the last 10 to 20 seconds, in nanoseconds. */
    public long maxNanos() {
        return reportedNanos;
    }
}
