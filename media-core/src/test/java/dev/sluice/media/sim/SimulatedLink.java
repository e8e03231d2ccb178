package dev.sluice.media.sim;

import java.util.Random;
import java.util.function.LongConsumer;

/** One direction between two endpoints: decides when, and how often, a datagram arrives. */
final class SimulatedLink {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Random random;
    private LinkConditions conditions;
    private long freeAtNanos = Long.MIN_VALUE;
    private long lastInOrderNanos = Long.MIN_VALUE;
    private long lost;
    private long queueDrops;

    SimulatedLink(LinkConditions conditions, Random random) {
        this.conditions = conditions;
        this.random = random;
    }

    void conditions(LinkConditions changed) {
        conditions = changed;
    }

    long lost() {
        return lost;
    }

    long queueDrops() {
        return queueDrops;
    }

    /** Gives the sink each time at which the datagram arrives: none, one or two. */
    void send(int sizeBytes, long nowNanos, LongConsumer arrivals) {
        // Drawn for each datagram whatever the conditions, so that changing one leaves the fate by
        // the others alone.
        double loss = random.nextDouble();
        double reorder = random.nextDouble();
        double duplicate = random.nextDouble();
        double jitter = random.nextDouble();
        if (!fitsQueue(sizeBytes, nowNanos)) {
            queueDrops++;
            return;
        }
        long sentAtNanos = sendingEnds(sizeBytes, nowNanos);
        if (loss < conditions.lossRatio()) {
            lost++;
            return;
        }
        long arrivesNanos =
                sentAtNanos + conditions.delayNanos() + (long) (jitter * conditions.jitterNanos());
        arrivesNanos =
                reorder < conditions.reorderRatio()
                        ? arrivesNanos + conditions.reorderNanos()
                        : inOrder(arrivesNanos);
        arrivals.accept(arrivesNanos);
        if (duplicate < conditions.duplicateRatio()) {
            arrivals.accept(arrivesNanos);
        }
    }

    private boolean fitsQueue(int sizeBytes, long nowNanos) {
        if (conditions.rateBps() == 0) {
            return true;
        }
        long waitNanos = Math.max(0, freeAtNanos - nowNanos);
        double waitingBytes = (double) waitNanos * conditions.rateBps() / 8 / NANOS_PER_SECOND;
        return waitNanos <= conditions.queueNanos()
                && waitingBytes + sizeBytes <= conditions.queueBytes();
    }

    private long sendingEnds(int sizeBytes, long nowNanos) {
        if (conditions.rateBps() == 0) {
            return nowNanos;
        }
        freeAtNanos =
                Math.max(freeAtNanos, nowNanos)
                        + sizeBytes * 8L * NANOS_PER_SECOND / conditions.rateBps();
        return freeAtNanos;
    }

    private long inOrder(long arrivesNanos) {
        lastInOrderNanos = Math.max(lastInOrderNanos, arrivesNanos);
        return lastInOrderNanos;
    }
}
