package dev.sluice.server.router;

import dev.sluice.media.time.Deadline;

/**
 * The times at which a session's periodic work is done: all that has fallen due since the last, by
 * one wake-up, which sessions of one phase share. The phases spread the sessions over time.
 *
 * @param phaseNanos 0 to {@link #INTERVAL_NANOS}
 */
record TimeSlot(long phaseNanos) {

    static final long INTERVAL_NANOS = 50_000_000;

    private static final long PHASE_NANOS = 2_000_000;

    /** The slot of the session with that name. */
    static TimeSlot of(String name) {
        int phases = (int) (INTERVAL_NANOS / PHASE_NANOS);
        return new TimeSlot(Math.floorMod(name.hashCode(), phases) * PHASE_NANOS);
    }

    /** The first time at or after the deadline; never for {@link Deadline#NEVER}. */
    long from(long deadlineNanos) {
        if (deadlineNanos == Deadline.NEVER) {
            return Deadline.NEVER;
        }
        return deadlineNanos + Math.floorMod(phaseNanos - deadlineNanos, INTERVAL_NANOS);
    }
}
