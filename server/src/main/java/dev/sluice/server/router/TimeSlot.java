package dev.sluice.server.router;

import dev.sluice.media.time.Deadline;

/**
 * The times at which a session's periodic work is done: all that has fallen due since the last, by
 * one wake-up, which sessions of one phase share. The phases spread the sessions over time. Work
 * that is done each so often has its deadline by {@link #next}.
 *
 * @param phaseNanos 0 to {@link #INTERVAL_NANOS}
 */
record TimeSlot(long phaseNanos) {

    static final long INTERVAL_NANOS = 250_000_000;

    private static final long PHASE_NANOS = 5_000_000;

    /** The slot of the session with that name. */
    static TimeSlot of(String name) {
        int phases = (int) (INTERVAL_NANOS / PHASE_NANOS);
        return new TimeSlot(Math.floorMod(name.hashCode(), phases) * PHASE_NANOS);
    }

    /**
     * The deadline of work that was done now and is done each so often: half a slot early, so that
     * the slot is met though the time before was late.
     *
     * @param everyNanos a multiple of {@link #INTERVAL_NANOS}
     */
    static long next(long nowNanos, long everyNanos) {
        return nowNanos + everyNanos - INTERVAL_NANOS / 2;
    }

    /** The first time at or after the deadline; never for {@link Deadline#NEVER}. */
    long from(long deadlineNanos) {
        if (deadlineNanos == Deadline.NEVER) {
            return Deadline.NEVER;
        }
        return deadlineNanos + Math.floorMod(phaseNanos - deadlineNanos, INTERVAL_NANOS);
    }
}
