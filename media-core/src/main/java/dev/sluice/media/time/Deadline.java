package dev.sluice.media.time;

/** A point in monotonic time, in nanoseconds, at which a component wants to be called again. */
public final class Deadline {

    /** The deadline of a component that waits for nothing. */
    public static final long NEVER = Long.MAX_VALUE;

    private Deadline() {}

    /** Whether the deadline is at or before {@code nowNanos}; {@link #NEVER} never is. */
    public static boolean isDue(long deadlineNanos, long nowNanos) {
        return deadlineNanos != NEVER && deadlineNanos - nowNanos <= 0;
    }

    /** The sooner of two deadlines; {@link #NEVER} is later than any. */
    public static long earlier(long oneNanos, long otherNanos) {
        if (oneNanos == NEVER || otherNanos == NEVER) {
            return Math.min(oneNanos, otherNanos);
        }
        return oneNanos - otherNanos <= 0 ? oneNanos : otherNanos;
    }
}
