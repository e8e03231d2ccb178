package dev.sluice.media.pacing;

import dev.sluice.media.time.Deadline;

/**
 * Padding that fills up to a rate while no media waits; media counts towards it. While there is no
 * rate, time need not be told, and packets only by their sum.
 */
final class SteadyPadding {

    /** It is sent in pieces of what its rate gives in this time. */
    private static final long PIECE_NANOS = 5_000_000;

    /** How long to wait after there was nothing to pad with. */
    private static final long RETRY_NANOS = 50_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    /** What is owed, see {@link Debt}. */
    private long debt;

    private long rateBps;
    private long notBeforeNanos;

    SteadyPadding(long nowNanos) {
        notBeforeNanos = nowNanos;
    }

    /**
     * Sets the rate to fill up to.
     *
     * @param sentBytes what has gone since there was a rate before
     */
    void rate(long bps, long sentBytes) {
        if (rateBps == 0 && bps > 0) {
            debt = Debt.begun(debt, sentBytes, bps);
        }
        rateBps = bps;
    }

    void pay(long elapsedNanos) {
        debt = Debt.paid(debt, elapsedNanos, rateBps);
    }

    /** A packet has gone, of whatever kind. */
    void onSent(int sizeBytes) {
        debt = Debt.added(debt, sizeBytes, rateBps);
    }

    /** There was nothing to pad with. */
    void onNothingToSend(long nowNanos) {
        notBeforeNanos = nowNanos + RETRY_NANOS;
    }

    /**
     * When the next piece is to be sent, {@link Deadline#NEVER} when none is.
     *
     * @param mediaPaidAfterNanos how long media is still being paid for: padding is no sooner
     */
    long dueNanos(long mediaPaidAfterNanos, long nowNanos) {
        long paidAfterNanos = Math.max(mediaPaidAfterNanos, Debt.paidAfterNanos(debt, rateBps));
        if (rateBps == 0 || paidAfterNanos == Deadline.NEVER) {
            return Deadline.NEVER;
        }
        long paidNanos = nowNanos + paidAfterNanos;
        return notBeforeNanos - paidNanos > 0 ? notBeforeNanos : paidNanos;
    }

    int pieceBytes() {
        double bytes = rateBps * (PIECE_NANOS / NANOS_PER_SECOND) / 8;
        return (int)
                Math.clamp(bytes, ProbeClusters.MIN_PADDING_BYTES, ProbeClusters.MAX_PADDING_BYTES);
    }
}
