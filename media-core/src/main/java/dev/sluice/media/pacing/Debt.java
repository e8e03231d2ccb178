package dev.sluice.media.pacing;

import dev.sluice.media.time.Deadline;

/**
 * The arithmetic of a leaky bucket: what was sent and is not yet paid for by the time that has
 * passed at a rate. Who owes keeps the number: of an object of its own each viewer would have two
 * more for each packet to find.
 *
 * <p>Counted in bits times 10⁹, so that a payment is nanoseconds times bit/s and nothing is lost by
 * rounding, however often it is paid.
 */
final class Debt {

    private static final long UNITS_PER_BYTE = 8_000_000_000L;

    /** Far above any debt that is allowed, far below an overflow. */
    private static final long MOST_UNITS = Long.MAX_VALUE / 4;

    private static final long MOST_BYTES = MOST_UNITS / UNITS_PER_BYTE;

    /** What goes without asking, as audio and probes do, blocks the rest for no longer. */
    private static final long MAX_NANOS = 500_000_000;

    private Debt() {}

    /** What is left when time has passed; a time that is not positive pays nothing. */
    static long paid(long units, long elapsedNanos, long bps) {
        if (elapsedNanos <= 0 || units == 0) {
            return units;
        }
        // What is left is less than what was owed, so it cannot overflow.
        return paidAfterNanos(units, bps) <= elapsedNanos ? 0 : units - elapsedNanos * bps;
    }

    /**
     * What is owed with the size of a packet. What was owed before is first cut to what {@link
     * #MAX_NANOS} pay.
     */
    static long added(long units, int sizeBytes, long bps) {
        long cut = bps > 0 ? Math.min(units, most(bps)) : units;
        return added(cut, sizeBytes);
    }

    /**
     * What is owed with what was sent while there was no rate, cut to what {@link #MAX_NANOS} pay.
     */
    static long begun(long units, long sentBytes, long bps) {
        return Math.min(most(bps), added(units, sentBytes));
    }

    private static long added(long units, long bytes) {
        return Math.min(MOST_UNITS, units + Math.min(bytes, MOST_BYTES) * UNITS_PER_BYTE);
    }

    /** What {@link #MAX_NANOS} pay at a rate. */
    private static long most(long bps) {
        return (long) Math.min((double) MOST_UNITS, (double) MAX_NANOS * bps);
    }

    /** How long until nothing is owed, 0 when nothing is, {@link Deadline#NEVER} at no rate. */
    static long paidAfterNanos(long units, long bps) {
        if (units == 0) {
            return 0;
        }
        return bps <= 0 ? Deadline.NEVER : (units + bps - 1) / bps;
    }
}
