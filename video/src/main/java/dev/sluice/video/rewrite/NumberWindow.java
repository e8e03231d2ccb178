package dev.sluice.video.rewrite;

/**
 * Maps the numbers of a source, some of which are left out, to numbers without gaps. A number that
 * has not come yet keeps its place, so that a loss stays a gap; one that was left out has none. The
 * latest numbers are remembered, so that each is mapped the same way whenever it comes again.
 */
public final class NumberWindow {

    /** The number has no place: it came before the source was joined, too late, or was left out. */
    public static final long NONE = -1;

    private static final byte AWAITED = 0;
    private static final byte SENT = 1;
    private static final byte LEFT_OUT = 2;

    private final byte[] states;
    private final long[] mapped;
    private final int mask;

    /** The first number of the source, and the highest seen. */
    private long first;

    private long highest;
    private long highestMapped;

    /**
     * @param capacity how far behind the highest a number may come, a power of two; a longer jump
     *     ahead is taken for a new numbering and leaves no gap
     * @param before the number that precedes the first one to be given
     */
    public NumberWindow(int capacity, long before) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("Capacity " + capacity + ", not a power of two");
        }
        states = new byte[capacity];
        mapped = new long[capacity];
        mask = capacity - 1;
        highestMapped = before;
    }

    /** Goes on with a source whose first number is given; all earlier ones have no place. */
    public void begin(long source) {
        first = source;
        highest = source - 1;
    }

    /**
     * The same where numbers were given that the window does not know of.
     *
     * @param before the highest of them
     */
    public void begin(long source, long before) {
        highestMapped = Math.max(highestMapped, before);
        begin(source);
    }

    /** Whether the number is the highest so far. */
    public boolean isNew(long source) {
        return source > highest;
    }

    /** The highest number that was given. */
    public long highestMapped() {
        return highestMapped;
    }

    /** Gives the next number to something that is of no source. */
    public long insert() {
        return ++highestMapped;
    }

    /** Whether {@link #send} would give the number a place. */
    public boolean hasPlace(long source) {
        return isNew(source) || (isRemembered(source) && states[slot(source)] != LEFT_OUT);
    }

    /** The place of a number that is sent, or {@link #NONE}. */
    public long send(long source) {
        if (isNew(source)) {
            leaveRoom(source);
            return place(source);
        }
        if (!hasPlace(source)) {
            return NONE;
        }
        states[slot(source)] = SENT;
        return mapped[slot(source)];
    }

    /**
     * Leaves a number out: what follows closes up. Where it came late, room had been left for it,
     * which is what is returned, once; else {@link #NONE}.
     */
    public long leaveOut(long source) {
        if (isNew(source)) {
            leaveRoom(source);
            states[slot(source)] = LEFT_OUT;
            highest = source;
            return NONE;
        }
        int slot = slot(source);
        if (!isRemembered(source) || states[slot] != AWAITED) {
            return NONE;
        }
        states[slot] = LEFT_OUT;
        return mapped[slot];
    }

    private long place(long source) {
        int slot = slot(source);
        states[slot] = SENT;
        mapped[slot] = ++highestMapped;
        highest = source;
        return highestMapped;
    }

    private void leaveRoom(long source) {
        if (source - highest > mask) {
            begin(source);
        }
        while (highest + 1 < source) {
            highest++;
            states[slot(highest)] = AWAITED;
            mapped[slot(highest)] = ++highestMapped;
        }
    }

    private boolean isRemembered(long source) {
        return source >= first && highest - source <= mask;
    }

    private int slot(long source) {
        return (int) source & mask;
    }
}
