package dev.sluice.server.libwebrtc;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for what another thread, or native code, brings about. */
public final class Eventually {

    private static final long POLL_NANOS = Duration.ofMillis(50).toNanos();

    private Eventually() {}

    /**
     * The first value that is as wanted.
     *
     * @throws AssertionError when there is none within the limit; it names what was waited for and
     *     the last value
     */
    public static <T> T await(String what, Duration limit, Callable<T> value, Predicate<T> wanted)
            throws Exception {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        T last = value.call();
        while (!wanted.test(last)) {
            if (System.nanoTime() - deadlineNanos >= 0) {
                throw new AssertionError("within %s: %s; at last %s".formatted(limit, what, last));
            }
            LockSupport.parkNanos(POLL_NANOS);
            last = value.call();
        }
        return last;
    }
}
