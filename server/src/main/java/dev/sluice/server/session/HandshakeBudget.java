package dev.sluice.server.session;

/**
 * Bounds how many DTLS handshakes run at once on a loop; each costs a thread and asymmetric
 * cryptography.
 */
public final class HandshakeBudget {

    private final int limit;
    private int running;

    public HandshakeBudget(int limit) {
        this.limit = limit;
    }

    boolean tryTake() {
        if (running >= limit) {
            return false;
        }
        running++;
        return true;
    }

    void giveBack() {
        running--;
    }

    /** Handshakes under way. */
    public int running() {
        return running;
    }
}
