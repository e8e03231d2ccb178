package dev.sluice.srtp.context;

import java.util.Arrays;

/**
 * Remembers which of the latest packet indices were accepted, RFC 3711 section 3.3.2. Checking
 * changes nothing: the window moves by {@link #accept} only, which its owner calls after a packet's
 * tag verified.
 */
final class ReplayWindow {

    /** What {@link #highest} is before the first packet. */
    static final long NONE = -1;

    /**
     * In packets; the RFC asks for 64 at least. At 5,000 packets a second, a high rate for one
     * stream, this still lets in a retransmission that comes 200 ms late.
     */
    static final int SIZE_PACKETS = 1024;

    private static final int MASK = SIZE_PACKETS - 1;

    /** The bit of an index is at the index modulo the window's size. */
    private final long[] accepted = new long[SIZE_PACKETS / Long.SIZE];

    private long highest = NONE;

    /** The highest index accepted, or {@link #NONE}. */
    long highest() {
        return highest;
    }

    /** {@link SrtpStatus#OK}, {@link SrtpStatus#REPLAYED} or {@link SrtpStatus#TOO_OLD}. */
    SrtpStatus check(long index) {
        if (index > highest) {
            return SrtpStatus.OK;
        }
        if (index < 0 || highest - index >= SIZE_PACKETS) {
            return SrtpStatus.TOO_OLD;
        }
        return isAccepted(index) ? SrtpStatus.REPLAYED : SrtpStatus.OK;
    }

    /** Takes note of an index for which {@link #check} said OK. */
    void accept(long index) {
        if (index > highest) {
            clearBetween(highest + 1, index);
            highest = index;
        }
        accepted[word(index)] |= bit(index);
    }

    private void clearBetween(long first, long last) {
        if (last - first >= SIZE_PACKETS - 1) {
            Arrays.fill(accepted, 0);
            return;
        }
        for (long index = first; index <= last; index++) {
            accepted[word(index)] &= ~bit(index);
        }
    }

    private boolean isAccepted(long index) {
        return (accepted[word(index)] & bit(index)) != 0;
    }

    private static int word(long index) {
        return (int) (index & MASK) / Long.SIZE;
    }

    private static long bit(long index) {
        return 1L << index;
    }
}
