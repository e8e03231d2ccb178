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

    /** The least time that is taken for emptying the queue when the rate is raised. */
    private static final double MIN_TIME_LEFT_NANOS = 1e6;

    private static final double BITS_AND_NANOS = 8e9;

    private final PacerSettings settings;

    /** Whether something is held back. */
    private boolean limited;

    /** What is owed, see {@link Debt}. */
    private long debt;

    private long pacingBps;

    /** {@link #pacingBps}, or more so that nothing waits for too long. */
    private long rateBps;

    private int packets;
    private boolean hasEnded;

    /** The next burst begins when no more than this is owed, in time at the rate. */
    private long resumeNanos;

    BurstBudget(PacerSettings settings) {
        this.settings = settings;
    }

    /** From the first call on, packets are held back, where the settings say so. */
    void rate(long bps) {
        limited = settings.enabled();
        pacingBps = bps;
    }

    /** Whether there is a rate that packets have to keep. */
    boolean isLimited() {
        return limited;
    }

    /** Takes the pacing rate. */
    void lower() {
        rateBps = pacingBps;
    }

    /** Takes the rate at which so much is gone in time, if that is more than the pacing rate. */
    void raiseFor(long bytes, double leftNanos) {
        double neededBps = bytes * BITS_AND_NANOS / Math.max(MIN_TIME_LEFT_NANOS, leftNanos);
        rateBps = Math.clamp((long) neededBps, pacingBps, Pacer.MAX_RATE_BPS);
    }

    void pay(long elapsedNanos) {
        debt = Debt.paid(debt, elapsedNanos, rateBps);
    }

    void onSent(int sizeBytes) {
        debt = Debt.added(debt, sizeBytes, pacingBps);
        packets++;
    }

    /** How long until nothing is owed, {@link Deadline#NEVER} at no rate; 0 without a limit. */
    long paidAfterNanos() {
        return limited ? Debt.paidAfterNanos(debt, rateBps) : 0;
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
            long burstNanos = Math.min(paidAfterNanos, settings.burstNanos());
            resumeNanos = Math.max(0, burstNanos - STEP_NANOS);
        }
        return !hasEnded;
    }

    private boolean isFull(long paidAfterNanos) {
        return packets >= settings.burstPackets() || paidAfterNanos >= settings.burstNanos();
    }
}
