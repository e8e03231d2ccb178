package dev.sluice.media.pacing;

import dev.sluice.media.time.Deadline;

/**
 * What may go at the pacing rate. Packets go in bursts, which end when as much is owed as a burst
 * may be, or with their last packet. The next burst begins when the time of {@link #STEP_NANOS} is
 * paid for: the rest of a frame that was a little too large does not wait for as long as a whole
 * burst.
 */
final class BurstBudget {

    /**
     * From the end of a burst to the next one, of what is owed; all of it where bursts are shorter.
     */
    static final long STEP_NANOS = 2_000_000;

    private final PacerSettings settings;

    /** What is owed, see {@link Debt}. */
    private long debt;

    private long pacingBps;

    /** {@link #pacingBps}, or more to keep the bound on waiting. */
    private long rateBps;

    private int packets;
    private boolean hasEnded;

    /** The next burst begins when no more than this is owed, in time at the rate. */
    private long resumeNanos;

    BurstBudget(PacerSettings settings) {
        this.settings = settings;
    }

    void rate(long bps) {
        pacingBps = bps;
    }

    /** Takes what the queue needs to be empty in time, if that is more than the pacing rate. */
    void raiseTo(long neededBps) {
        rateBps = Math.clamp(neededBps, pacingBps, Pacer.MAX_RATE_BPS);
    }

    void pay(long elapsedNanos) {
        debt = Debt.paid(debt, elapsedNanos, rateBps);
    }

    void onSent(int sizeBytes) {
        debt = Debt.added(debt, sizeBytes, pacingBps);
        packets++;
    }

    /** How long until nothing is owed, {@link Deadline#NEVER} at no rate. */
    long paidAfterNanos() {
        return Debt.paidAfterNanos(debt, rateBps);
    }

    /** How long until a packet may go that may not go now, {@link Deadline#NEVER} at no rate. */
    long mayGoAfterNanos() {
        if (!hasEnded) {
            return 0;
        }
        long paidAfterNanos = paidAfterNanos();
        return paidAfterNanos == Deadline.NEVER
                ? Deadline.NEVER
                : Math.max(0, paidAfterNanos - resumeNanos);
    }

    /** Whether a packet may go now, as the first of a burst or as a further one. */
    boolean mayGo() {
        long paidAfterNanos = paidAfterNanos();
        if (paidAfterNanos == 0 || (hasEnded && paidAfterNanos <= resumeNanos)) {
            hasEnded = false;
            packets = 0;
        } else if (!hasEnded && isFull(paidAfterNanos)) {
            hasEnded = true;
            long owedNanos = Math.min(paidAfterNanos, settings.burstNanos());
            resumeNanos = Math.max(0, owedNanos - STEP_NANOS);
        }
        return !hasEnded;
    }

    private boolean isFull(long paidAfterNanos) {
        return packets >= settings.burstPackets() || paidAfterNanos >= settings.burstNanos();
    }
}
