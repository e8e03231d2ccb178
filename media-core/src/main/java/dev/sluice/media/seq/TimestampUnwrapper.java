package dev.sluice.media.seq;

/**
 * Extends 32-bit RTP timestamps to 64 bits, each to the value nearest to the highest one seen.
 *
 * <p>The first timestamp starts one cycle above zero, so that extended timestamps are always
 * positive.
 */
public final class TimestampUnwrapper {

    private static final long CYCLE = 1L << 32;

    private long highest = -1;

    /** The extended timestamp; the highest so far becomes the reference of the next ones. */
    public long unwrap(long timestamp) {
        long extended = peek(timestamp);
        highest = Math.max(highest, extended);
        return extended;
    }

    /** The extended timestamp as {@link #unwrap} would give it, with nothing changed. */
    public long peek(long timestamp) {
        if (highest < 0) {
            return CYCLE + (timestamp & 0xFFFF_FFFFL);
        }
        int distance = (int) (timestamp - highest);
        return highest + distance;
    }
}
