package dev.sluice.video.layer;

/**
 * Extends numbers of 7 to 16 bits, such as picture ids and frame numbers, to 64: each to the value
 * nearest to the highest so far. Extended numbers are positive.
 */
public final class NumberUnwrapper {

    /** Above what numbers that are older than the first can fall behind it. */
    private static final long START = 1L << 16;

    private int bits;
    private long highest;

    /**
     * The extended number. A change of the width starts a new numbering behind the old one.
     *
     * @param widthBits 7 to 16
     */
    public long unwrap(int value, int widthBits) {
        int cycle = 1 << widthBits;
        if (widthBits != bits) {
            long base = bits == 0 ? START : highest + cycle;
            bits = widthBits;
            highest = (base & -(long) cycle) + (value & cycle - 1);
            return highest;
        }
        int ahead = value - (int) highest & cycle - 1;
        long extended = highest + (ahead < cycle / 2 ? ahead : ahead - cycle);
        highest = Math.max(highest, extended);
        return extended;
    }
}
