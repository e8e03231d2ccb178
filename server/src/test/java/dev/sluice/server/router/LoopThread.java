package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.FastThreadLocalThread;

import java.util.concurrent.atomic.AtomicReference;

/** A thread of the kind that Netty's loops have: its pools keep caches for those alone. */
final class LoopThread {

    private LoopThread() {}

    /** Does the work on such a thread, waits for its end, and fails if it failed. */
    static void run(Runnable work) throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        var thread = new FastThreadLocalThread(work);
        thread.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
    }
}
