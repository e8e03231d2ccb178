package dev.sluice.media.receive;

import dev.sluice.media.time.Deadline;

/**
 * Asks one source for key frames on behalf of many viewers: not too often, as each costs the
 * publisher bandwidth, and again until one comes, as a request may be lost.
 */
public final class KeyFrameRequests {

    /** What to send to the source. */
    @FunctionalInterface
    public interface Sink {

        /** Send a picture loss indication, RFC 4585 section 6.3.1. */
        void onKeyFrameRequest(long mediaSsrc);
    }

    /** The least time between two requests. */
    public static final long DEFAULT_MIN_INTERVAL_NANOS = 500_000_000;

    /** When to ask again where no key frame came. */
    public static final long DEFAULT_REPEAT_NANOS = 1_000_000_000;

    private final long mediaSsrc;
    private final long minIntervalNanos;
    private final long repeatNanos;
    private boolean sentBefore;
    private long lastSentNanos;
    private long nextDeadlineNanos = Deadline.NEVER;

    public KeyFrameRequests(long mediaSsrc) {
        this(mediaSsrc, DEFAULT_MIN_INTERVAL_NANOS, DEFAULT_REPEAT_NANOS);
    }

    public KeyFrameRequests(long mediaSsrc, long minIntervalNanos, long repeatNanos) {
        this.mediaSsrc = mediaSsrc;
        this.minIntervalNanos = minIntervalNanos;
        this.repeatNanos = repeatNanos;
    }

    /** Somebody wants a key frame: it is asked for at once, or as soon as the throttle allows. */
    public void onRequest(long nowNanos, Sink out) {
        long allowedNanos = lastSentNanos + minIntervalNanos;
        if (!sentBefore || allowedNanos - nowNanos <= 0) {
            send(nowNanos, out);
            return;
        }
        nextDeadlineNanos = Math.min(nextDeadlineNanos, allowedNanos);
    }

    /** A key frame has started: everybody who waits is served. */
    public void onKeyFrame() {
        nextDeadlineNanos = Deadline.NEVER;
    }

    /** Nobody waits any longer. */
    public void cancel() {
        nextDeadlineNanos = Deadline.NEVER;
    }

    /** Asks again, or for the first time after the throttle held a request back. */
    public void onDeadline(long nowNanos, Sink out) {
        if (Deadline.isDue(nextDeadlineNanos, nowNanos)) {
            send(nowNanos, out);
        }
    }

    public long nextDeadlineNanos() {
        return nextDeadlineNanos;
    }

    /** Whether a key frame is waited for. */
    public boolean waiting() {
        return nextDeadlineNanos != Deadline.NEVER;
    }

    private void send(long nowNanos, Sink out) {
        sentBefore = true;
        lastSentNanos = nowNanos;
        nextDeadlineNanos = nowNanos + repeatNanos;
        out.onKeyFrameRequest(mediaSsrc);
    }
}
