package dev.sluice.server.router;

/**
 * Calls those whose time has come; so many at most in one turn that the loop gets to all else, too.
 */
final class DeadlineTurn {

    private static final int TURN_CALLS = 256;

    /** Whose call has failed is called again after this. */
    private static final long AFTER_DEFECT_NANOS = 100_000_000L;

    private final MediaEngine engine;
    private final DeadlineQueue deadlines;
    private boolean hasOverdue;

    DeadlineTurn(MediaEngine engine, DeadlineQueue deadlines) {
        this.engine = engine;
        this.deadlines = deadlines;
    }

    /** Whether the last turn left somebody who is due. */
    boolean hasOverdue() {
        return hasOverdue;
    }

    void take(long nowNanos) {
        hasOverdue = true;
        for (int calls = 0; calls < TURN_CALLS; calls++) {
            Timed due = deadlines.poll(nowNanos);
            if (due == null) {
                hasOverdue = false;
                break;
            }
            call(due, nowNanos);
        }
    }

    /** There is a next time after a defect, too: not at once, so that others have theirs. */
    private void call(Timed due, long nowNanos) {
        boolean isDone = false;
        try {
            due.onDeadline(nowNanos, engine.sink());
            if (due instanceof Peer peer) {
                engine.sink().tellHealth(peer);
            }
            isDone = true;
        } finally {
            if (!isDone) {
                deadlines.armAt(nowNanos + AFTER_DEFECT_NANOS, due);
            } else if (due instanceof Peer peer) {
                engine.arm(peer);
            } else {
                deadlines.arm(due);
            }
        }
    }
}
