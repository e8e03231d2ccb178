package dev.sluice.media.seq;

/**
 * Extends 16-bit sequence numbers to 64 bits, each to the value nearest to the highest one seen.
 *
 * <p>The first number starts one cycle above zero, so that extended numbers are always positive: a
 * number can be older than the highest by half a cycle at most.
 */
public final class SequenceUnwrapper {

    private static final long CYCLE = 1L << 16;

    private long highest = -1;

    /** The extended number; the highest so far becomes the reference of the next ones. */
    public long unwrap(int sequence) {
        long extended = peek(sequence);
        highest = Math.max(highest, extended);
        return extended;
    }

    /** The extended number as {@link #unwrap} would give it, with nothing changed. */
    public long peek(int sequence) {
        if (highest < 0) {
            return CYCLE + (sequence & 0xFFFF);
        }
        return highest + SequenceNumbers.distance((int) highest, sequence);
    }
}
