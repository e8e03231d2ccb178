package dev.sluice.media.receive;

import dev.sluice.media.time.Deadline;

/**
 * Asks one source for key frames: however many viewers want one, the publisher hears it at most
 * twice a second, and again until one has come.
 */
public final class KeyFrameRequests {

    /** Between two requests: an encoder that obeys each one has no bits left for a good picture. */
    static final long THROTTLE_NANOS = 500_000_000L;

    /** After this the request or the key frame is taken for lost. */
    static final long REPEAT_NANOS = 1_000_000_000L;

    /** Repetitions without a key frame, after which a viewer has to ask again. */
    static final int MAX_REPEATS = 10;

    private boolean wanted;
    private boolean asked;
    private long lastRequestNanos;
    private long nextNanos = Deadline.NEVER;
    private int repeats;

    /**
     * Somebody wants a key frame. The runnable asks the publisher; it runs now, later, or not at
     * all.
     */
    public void request(long nowNanos, Runnable ask) {
        wanted = true;
        repeats = 0;
        if (!asked || nowNanos - lastRequestNanos >= THROTTLE_NANOS) {
            ask(nowNanos, ask);
        } else {
            nextNanos = Math.min(nextNanos, lastRequestNanos + THROTTLE_NANOS);
        }
    }

    /** A key frame begins. */
    public void onKeyFrame(long nowNanos) {
        wanted = false;
        nextNanos = Deadline.NEVER;
    }

    public void onDeadline(long nowNanos, Runnable ask) {
        if (!Deadline.isDue(nextNanos, nowNanos)) {
            return;
        }
        nextNanos = Deadline.NEVER;
        if (wanted && repeats++ < MAX_REPEATS) {
            ask(nowNanos, ask);
        }
    }

    private void ask(long nowNanos, Runnable ask) {
        asked = true;
        lastRequestNanos = nowNanos;
        nextNanos = nowNanos + REPEAT_NANOS;
        ask.run();
    }

    public long nextDeadlineNanos() {
        return nextNanos;
    }
}
