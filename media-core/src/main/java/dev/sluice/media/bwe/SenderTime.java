package dev.sluice.media.bwe;

/** The times that a sender writes into its packets, without their wrap, in nanoseconds. */
final class SenderTime {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double nanosPerTick;
    private final int unusedBits;
    private boolean started;
    private long lastTicks;
    private long ticks;

    /**
     * @param tickBits 1 to 63
     */
    SenderTime(long ticksPerSecond, int tickBits) {
        nanosPerTick = NANOS_PER_SECOND / ticksPerSecond;
        unusedBits = Long.SIZE - tickBits;
    }

    /** The time against that of the first packet; a step of over half the range is one back. */
    long nanos(long sentTicks) {
        if (started) {
            ticks += (sentTicks - lastTicks) << unusedBits >> unusedBits;
        }
        started = true;
        lastTicks = sentTicks;
        return (long) (ticks * nanosPerTick);
    }

    void reset() {
        started = false;
        ticks = 0;
    }
}
