package dev.sluice.media.bwe;

/**
 * A receiver's clock without its wrap: turns the steps between its reports into times that can be
 * compared, and never leave the local clock by much, whatever the reports claim.
 */
final class RemoteClock {

    /** A step that differs more from the local clock's is a restart of the receiver's clock. */
    static final long MAX_DISAGREEMENT_NANOS = 30_000_000_000L;

    private boolean started;
    private boolean restarted;
    private long remoteNanos;
    private long lastNowNanos;

    /** Whether the last {@link #advance} began a new time that earlier ones do not compare with. */
    boolean hasRestarted() {
        return restarted;
    }

    /**
     * The time of a report.
     *
     * @param stepNanos from the report before on the receiver's clock, negative when it overtook
     */
    long advance(long stepNanos, long nowNanos) {
        long elapsedNanos = nowNanos - lastNowNanos;
        restarted = !started || Math.abs(stepNanos - elapsedNanos) > MAX_DISAGREEMENT_NANOS;
        remoteNanos = restarted ? nowNanos : remoteNanos + stepNanos;
        lastNowNanos = nowNanos;
        started = true;
        return remoteNanos;
    }
}
