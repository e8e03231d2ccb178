package dev.sluice.video.rewrite;

/**
 * One RTP clock over changing sources: within a source the offset is constant; between two it
 * follows their common clock where that is known, else the time that passed.
 */
public final class TimestampMapping {

    /** The sources' clocks are not known to belong together. */
    public static final long NO_COMMON_CLOCK = Long.MIN_VALUE;

    /** How far the common clock may be from the time that passed, before it is not believed. */
    private static final long MAX_DISAGREEMENT_NANOS = 1_000_000_000L;

    private static final long MASK = 0xFFFF_FFFFL;

    private final int clockRateHz;
    private long offset;
    private long last;
    private long lastNanos;
    private boolean started;

    /**
     * @param clockRateHz ticks per second of the RTP timestamps
     * @param before the timestamp that precedes the first one to be given, 32 bits
     */
    public TimestampMapping(int clockRateHz, long before) {
        this.clockRateHz = clockRateHz;
        last = before & MASK;
    }

    /**
     * Makes a packet the first of a new source. Its timestamp is later than all before.
     *
     * @param inOldSource what the timestamp would be in the source before, 32 bits, or {@link
     *     #NO_COMMON_CLOCK}
     */
    public void begin(long timestamp, long inOldSource, long nowNanos) {
        long elapsed = started ? ticks(nowNanos - lastNanos) : 1;
        if (started && inOldSource != NO_COMMON_CLOCK) {
            long told = (int) (inOldSource + offset - last);
            long disagreement = Math.abs(told - elapsed);
            elapsed = disagreement <= ticks(MAX_DISAGREEMENT_NANOS) ? told : elapsed;
        }
        offset = last + Math.max(1, elapsed) - timestamp;
        started = true;
    }

    /** Takes note of a packet that is sent; late ones may come among them. */
    public void onSent(long timestamp, long nowNanos) {
        long mapped = map(timestamp);
        if ((int) (mapped - last) >= 0) {
            last = mapped;
            lastNanos = nowNanos;
        }
    }

    /** The viewer's timestamp, 32 bits. */
    public long map(long timestamp) {
        return timestamp + offset & MASK;
    }

    /** The newest timestamp that was given, 32 bits. */
    public long last() {
        return last & MASK;
    }

    /** What is added to the source's timestamps, 32 bits. */
    public long offset() {
        return offset & MASK;
    }

    private long ticks(long nanos) {
        return nanos / 1_000 * clockRateHz / 1_000_000;
    }
}
