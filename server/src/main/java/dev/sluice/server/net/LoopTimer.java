package dev.sluice.server.net;

import dev.sluice.media.time.Deadline;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/** Calls its loop at the next deadline; it has one timer at a time. Of the loop's thread. */
final class LoopTimer {

    /** Timers are as exact as this; it spares wake-ups for deadlines that lie close together. */
    private static final long GRAIN_NANOS = 1_000_000;

    private final EventLoop loop;
    private final Runnable onTime;
    private long armedNanos = Deadline.NEVER;
    private @Nullable Future<?> timer;

    /**
     * @param onTime what is called
     */
    LoopTimer(EventLoop loop, Runnable onTime) {
        this.loop = loop;
        this.onTime = onTime;
    }

    /**
     * Calls at a deadline that is nearer than the one before; one that is not changes nothing, as
     * the loop tells its next one after each call.
     *
     * @param nextNanos or {@link Deadline#NEVER}
     * @param isExact whether it is not to be put off by {@link #GRAIN_NANOS}
     */
    void arm(long nextNanos, boolean isExact) {
        if (nextNanos >= armedNanos) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        armedNanos = nextNanos;
        long delayNanos = Math.max(isExact ? 0 : GRAIN_NANOS, nextNanos - System.nanoTime());
        timer = loop.schedule(this::onTimer, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void onTimer() {
        armedNanos = Deadline.NEVER;
        timer = null;
        onTime.run();
    }
}
