package dev.sluice.load.net;

import dev.sluice.load.client.FailureReason;
import dev.sluice.load.client.LoadClient;
import dev.sluice.load.client.PublishingClient;

import io.netty.channel.EventLoop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Does what a loop's clients have to do at certain times: viewers with a tick, publishers, who send
 * their media so, when it is due. With a tick, the frames of several would leave together.
 */
final class ClientTimers {

    /** How exact viewers' timers are. */
    private static final long TICK_NANOS = 1_000_000;

    /** Sockets are read between any two times at which media is due. */
    private static final long LEAST_NANOS = 20_000;

    private final EventLoop eventLoop;
    private final LongSupplier clock;
    private final List<ClientHandle<? extends LoadClient>> clients = new ArrayList<>();
    private final List<ClientHandle<? extends LoadClient>> publishers = new ArrayList<>();
    private boolean isMediaAwaited;
    private long tickDueNanos;
    private long worstLatenessNanos;

    ClientTimers(EventLoop eventLoop, LongSupplier clock) {
        this.eventLoop = eventLoop;
        this.clock = clock;
        this.tickDueNanos = clock.getAsLong() + TICK_NANOS;
        after(TICK_NANOS, this::onTick);
    }

    void add(ClientHandle<? extends LoadClient> handle) {
        clients.add(handle);
        if (handle.client() instanceof PublishingClient) {
            publishers.add(handle);
        }
    }

    /** False where it is gone already. */
    boolean remove(ClientHandle<? extends LoadClient> handle) {
        publishers.remove(handle);
        return clients.remove(handle);
    }

    List<ClientHandle<? extends LoadClient>> clients() {
        return clients;
    }

    /** How late a tick was at worst since {@link #restart}. */
    long worstLatenessNanos() {
        return worstLatenessNanos;
    }

    /** Counts lateness from now on. */
    void restart() {
        worstLatenessNanos = 0;
    }

    /** Runs it on the loop after this time. */
    void after(long nanos, Runnable task) {
        var _ = eventLoop.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    private void onTick() {
        long nowNanos = clock.getAsLong();
        worstLatenessNanos = Math.max(worstLatenessNanos, nowNanos - tickDueNanos);
        try {
            serve(clients, nowNanos);
        } finally {
            awaitTick();
        }
    }

    private void awaitTick() {
        long nowNanos = clock.getAsLong();
        tickDueNanos = Math.max(tickDueNanos + TICK_NANOS, nowNanos);
        after(tickDueNanos - nowNanos, this::onTick);
        awaitMedia(nowNanos);
    }

    /** What is due before the next tick. */
    private void awaitMedia(long nowNanos) {
        long dueNanos = tickDueNanos;
        for (int i = 0; i < publishers.size(); i++) {
            dueNanos = Math.min(dueNanos, publishers.get(i).client().nextDeadlineNanos());
        }
        if (dueNanos < tickDueNanos && !isMediaAwaited) {
            isMediaAwaited = true;
            after(Math.max(LEAST_NANOS, dueNanos - nowNanos), this::onMediaDue);
        }
    }

    private void onMediaDue() {
        isMediaAwaited = false;
        try {
            serve(publishers, clock.getAsLong());
        } finally {
            awaitMedia(clock.getAsLong());
        }
    }

    private void serve(List<ClientHandle<? extends LoadClient>> handles, long nowNanos) {
        for (int i = 0; i < handles.size(); i++) {
            ClientHandle<? extends LoadClient> handle = handles.get(i);
            if (handle.client().nextDeadlineNanos() <= nowNanos) {
                // What is sent tells when: the work for those before must not count as delay.
                onDeadline(handle, clock.getAsLong());
            }
        }
    }

    /** One client's failure, whatever it is, must not stop the others' timers. */
    private static void onDeadline(ClientHandle<? extends LoadClient> handle, long nowNanos) {
        try {
            handle.client().onDeadline(nowNanos);
        } catch (RuntimeException | Error e) {
            handle.client().onFailed(FailureReason.LOCAL, e.toString());
        }
        handle.socket().flush();
    }
}
