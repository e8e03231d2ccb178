package dev.sluice.media.bwe;

import dev.sluice.media.time.Deadline;

/**
 * Notices when feedback stops while media is sent: the circuit breaker of RFC 8083 section 4.1 and
 * 4.2, which opens after three report intervals without any.
 */
final class FeedbackWatch {

    private static final int INTERVALS = 3;

    /** The interval before any is known, and the shortest that is believed in. */
    private static final long MIN_INTERVAL_NANOS = 1_000_000_000L;

    /** RFC 3550 section 6.2 has 5 s as the least interval of RTCP without feedback profiles. */
    private static final long MAX_INTERVAL_NANOS = 5_000_000_000L;

    private static final int SMOOTHING = 8;

    private long intervalNanos = MIN_INTERVAL_NANOS;
    private boolean hasFeedback;
    private long lastFeedbackNanos;
    private boolean unanswered;
    private long unansweredSinceNanos;
    private long lastSentNanos;
    private boolean lost;

    /** Whether the breaker is open. */
    boolean isLost() {
        return lost;
    }

    void onSent(long nowNanos) {
        boolean isIdle = unanswered && nowNanos - lastSentNanos > intervalNanos;
        if (!unanswered || isIdle) {
            unanswered = true;
            unansweredSinceNanos = nowNanos;
        }
        lastSentNanos = nowNanos;
    }

    /** Whether this feedback closes an open breaker. */
    boolean onFeedback(long nowNanos) {
        if (hasFeedback) {
            long sample =
                    Math.clamp(
                            nowNanos - lastFeedbackNanos, MIN_INTERVAL_NANOS, MAX_INTERVAL_NANOS);
            intervalNanos += (sample - intervalNanos) / SMOOTHING;
        }
        hasFeedback = true;
        lastFeedbackNanos = nowNanos;
        unanswered = false;
        boolean closes = lost;
        lost = false;
        return closes;
    }

    /** Whether the breaker opens now; it does not when sending stopped, too. */
    boolean onDeadline(long nowNanos) {
        if (!Deadline.isDue(deadlineNanos(), nowNanos)) {
            return false;
        }
        lost = nowNanos - lastSentNanos <= intervalNanos;
        unanswered = lost;
        return lost;
    }

    /** When the breaker opens if nothing comes until then. */
    long deadlineNanos() {
        return unanswered && !lost
                ? unansweredSinceNanos + INTERVALS * intervalNanos
                : Deadline.NEVER;
    }
}
