package dev.sluice.media.pacing;

import dev.sluice.media.time.Deadline;

/**
 * A leaky bucket: what was sent and is not yet paid for by the time that has passed at a rate.
 *
 * <p>Counted in bits times 10⁹, so that a payment is nanoseconds times bit/s and nothing is lost by
 * rounding, however often it is paid.
 */
final class Debt {

    private static final long UNITS_PER_BYTE = 8_000_000_000L;

    /** Far above any debt that is allowed, far below an overflow. */
    private static final long MOST_UNITS = Long.MAX_VALUE / 4;

    /** What goes without asking, as audio and probes do, blocks the rest for no longer. */
    private static final long MAX_NANOS = 500_000_000;

    private long units;

    /** Pays with time that has passed; a time that is not positive pays nothing. */
    void pay(long elapsedNanos, long bps) {
        if (elapsedNanos <= 0 || units == 0) {
            return;
        }
        if (paidAfterNanos(bps) <= elapsedNanos) {
            units = 0;
        } else {
            units -= elapsedNanos * bps; // less than what is owed, so it cannot overflow
        }
    }

    /**
     * Takes on the size of a packet. What was owed before is first cut to what {@link #MAX_NANOS}
     * pay.
     */
    void add(int sizeBytes, long bps) {
        double most = (double) MAX_NANOS * bps;
        if (bps > 0 && units > most) {
            units = (long) most;
        }
        units = Math.min(MOST_UNITS, units + sizeBytes * UNITS_PER_BYTE);
    }

    /** How long until nothing is owed, 0 when nothing is, {@link Deadline#NEVER} at no rate. */
    long paidAfterNanos(long bps) {
        if (units == 0) {
            return 0;
        }
        return bps <= 0 ? Deadline.NEVER : (units + bps - 1) / bps;
    }
}
