package dev.sluice.media.pacing;

import dev.sluice.media.time.Deadline;

/**
 * What may go at the pacing rate: packets go in bursts, and the next begins when all that was sent
 * before is paid for.
 */
final class BurstBudget {

    private final PacerSettings settings;
    private final Debt debt = new Debt();
    private long pacingBps;

    /** {@link #pacingBps}, or more to keep the bound on waiting. */
    private long rateBps;

    private int packets;

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
        debt.pay(elapsedNanos, rateBps);
    }

    void onSent(int sizeBytes) {
        debt.add(sizeBytes, pacingBps);
        packets++;
    }

    /** How long until the next burst, {@link Deadline#NEVER} at no rate. */
    long paidAfterNanos() {
        return debt.paidAfterNanos(rateBps);
    }

    /** Whether a packet may go now, as the first of a burst or as a further one. */
    boolean mayGo() {
        long paidAfterNanos = paidAfterNanos();
        if (paidAfterNanos == 0) {
            packets = 0;
            return true;
        }
        if (paidAfterNanos >= settings.burstNanos()) {
            packets = settings.burstPackets(); // over, until all is paid for
        }
        return packets < settings.burstPackets();
    }
}
