package dev.sluice.media.sim;

/** The monotonic clock of a test: it moves only when told to, and only forward. */
public final class VirtualTime {

    private long nowNanos;

    /**
     * @param startNanos any value, as the zero of a real monotonic clock is anywhere
     */
    public VirtualTime(long startNanos) {
        nowNanos = startNanos;
    }

    public long nowNanos() {
        return nowNanos;
    }

    /** Moves on by a span that is not negative, and returns the new time. */
    public long advance(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("Time cannot go back by " + -nanos + " ns");
        }
        nowNanos += nanos;
        return nowNanos;
    }

    public long advanceMillis(long millis) {
        return advance(millis * 1_000_000);
    }

    /** Moves on to an instant; one that is past already changes nothing. */
    public long advanceTo(long nanos) {
        return advance(Math.max(0, nanos - nowNanos));
    }
}
