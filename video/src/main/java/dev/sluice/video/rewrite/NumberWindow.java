package dev.sluice.video.rewrite;

/**
 * Maps the numbers of a source, some of which are left out, to numbers without gaps. A number that
 * has not come yet keeps its place, so that a loss stays a gap; one that was left out has none. The
 * latest numbers are remembered, so that each is mapped the same way whenever it comes again.
 */
public final class NumberWindow {

    /** The number has no place: it came before the source was joined, too late, or was left out. */
    public static final long NONE = -1;

    private static final int AWAITED = 0;
    private static final int SENT = 1;
    private static final int LEFT_OUT = 2;

    /** Of an entry, whose other bits are what the number is mapped to. */
    private static final int STATE_MASK = 3;

    private static final int STATE_BITS = 2;
    private static final long[] NO_ENTRIES = {};

    private final int mask;

    /** Made with the first number: most windows of viewers who wait are never used. */
    private long[] entries = NO_ENTRIES;

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
        return isNew(source) || (isRemembered(source) && state(source) != LEFT_OUT);
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
        long place = mapped(source);
        put(source, place, SENT);
        return place;
    }

    /**
     * Leaves a number out: what follows closes up. Where it came late, room had been left for it,
     * which is what is returned, once; else {@link #NONE}.
     */
    public long leaveOut(long source) {
        if (isNew(source)) {
            leaveRoom(source);
            put(source, 0, LEFT_OUT);
            highest = source;
            return NONE;
        }
        if (!isRemembered(source) || state(source) != AWAITED) {
            return NONE;
        }
        long place = mapped(source);
        put(source, place, LEFT_OUT);
        return place;
    }

    private long place(long source) {
        put(source, ++highestMapped, SENT);
        highest = source;
        return highestMapped;
    }

    private void leaveRoom(long source) {
        if (source - highest > mask) {
            begin(source);
        }
        while (highest + 1 < source) {
            highest++;
            put(highest, ++highestMapped, AWAITED);
        }
    }

    private boolean isRemembered(long source) {
        return source >= first && highest - source <= mask;
    }

    private void put(long source, long place, int state) {
        if (entries.length == 0) {
            entries = new long[mask + 1];
        }
        entries[(int) source & mask] = place << STATE_BITS | state;
    }

    private int state(long source) {
        return (int) entry(source) & STATE_MASK;
    }

    private long mapped(long source) {
        return entry(source) >> STATE_BITS;
    }

    private long entry(long source) {
        return entries.length == 0 ? AWAITED : entries[(int) source & mask];
    }
}
