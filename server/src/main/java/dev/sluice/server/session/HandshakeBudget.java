package dev.sluice.server.session;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many DTLS handshakes run at once, on all loops together; each costs a thread and
 * asymmetric cryptography. Every loop has its own view of the one budget.
 */
public final class HandshakeBudget {

    private final int limit;
    private final AtomicInteger total;
    private int running;

    /**
     * @param limit for all loops together
     */
    public HandshakeBudget(int limit) {
        this(limit, new AtomicInteger());
    }

    private HandshakeBudget(int limit, AtomicInteger total) {
        this.limit = limit;
        this.total = total;
    }

    /** The same budget for another loop. */
    public HandshakeBudget forLoop() {
        return new HandshakeBudget(limit, total);
    }

    boolean tryTake() {
        if (total.incrementAndGet() > limit) {
            total.decrementAndGet();
            return false;
        }
        running++;
        return true;
    }

    void giveBack() {
        total.decrementAndGet();
        running--;
    }

    /** Handshakes under way on this loop. */
    public int running() {
        return running;
    }
}
