package dev.sluice.server.net;

import io.netty.channel.EventLoop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Waits for the last words of ended sessions. The peers' close_notify is made by other threads, so
 * the loop serves on until no session has one under way, or the time has come.
 */
final class QuietWait {

    private static final Logger LOG = LoggerFactory.getLogger(QuietWait.class);

    /** Between two looks. */
    private static final long LOOK_MILLIS = 5;

    private final EventLoop eventLoop;
    private final BooleanSupplier isQuiet;
    private final CompletableFuture<Boolean> quiet = new CompletableFuture<>();

    /**
     * @param isQuiet is asked on the loop
     */
    QuietWait(EventLoop eventLoop, BooleanSupplier isQuiet) {
        this.eventLoop = eventLoop;
        this.isQuiet = isQuiet;
    }

    void await(long endNanos) {
        eventLoop.execute(this::look);
        try {
            quiet.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("not every peer could be told of the end within the limit");
        }
    }

    private void look() {
        if (isQuiet.getAsBoolean()) {
            quiet.complete(true);
        } else if (!quiet.isDone()) {
            var _ = eventLoop.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
