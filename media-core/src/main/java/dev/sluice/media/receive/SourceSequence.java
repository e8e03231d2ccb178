package dev.sluice.media.receive;

import dev.sluice.media.seq.SequenceNumbers;

/**
 * Extends the sequence numbers of one source and notices when the source starts anew, RFC 3550
 * appendix A.1. There is no probation: the packets are authenticated.
 *
 * <p>Extended numbers only grow at a restart too, so that a number names one packet for the life of
 * the stream.
 */
final class SourceSequence {

    /** The number of a packet that is too old, or the first one after a jump. */
    static final long OUTSIDE = -1;

    /** Where the cycle count begins; it leaves room for packets older than the first. */
    static final long FIRST_CYCLE = 1L << 16;

    /** RFC 3550 appendix A.1: a larger step ahead is a restart or a stray packet. */
    static final int MAX_DROPOUT = 3000;

    private static final int NONE = -1;

    private final int windowPackets;
    private long highest = OUTSIDE;
    private int nextAfterJump = NONE;
    private boolean restarted;

    /** Packets {@code windowPackets} and more behind the highest are too old (MAX_MISORDER). */
    SourceSequence(int windowPackets) {
        this.windowPackets = windowPackets;
    }

    /**
     * The extended number of a packet, or {@link #OUTSIDE}. Two packets in sequence outside of the
     * window are a restart, unless they were sent again.
     */
    long onPacket(int sequenceNumber, boolean retransmitted) {
        restarted = false;
        if (highest == OUTSIDE) {
            highest = FIRST_CYCLE + sequenceNumber;
            return highest;
        }
        int distance = SequenceNumbers.distance((int) highest, sequenceNumber);
        if (distance > -windowPackets && distance < MAX_DROPOUT) {
            nextAfterJump = NONE;
            long extended = highest + distance;
            highest = Math.max(highest, extended);
            return extended;
        }
        return retransmitted ? OUTSIDE : onJump(sequenceNumber);
    }

    /** Whether the last packet showed that the source had started anew. */
    boolean restarted() {
        return restarted;
    }

    /** The highest extended number, or {@link #OUTSIDE} before the first packet. */
    long highest() {
        return highest;
    }

    private long onJump(int sequenceNumber) {
        if (sequenceNumber != nextAfterJump) {
            nextAfterJump = (sequenceNumber + 1) & 0xFFFF;
            return OUTSIDE;
        }
        nextAfterJump = NONE;
        restarted = true;
        highest += (sequenceNumber - highest) & 0xFFFF;
        return highest;
    }
}
