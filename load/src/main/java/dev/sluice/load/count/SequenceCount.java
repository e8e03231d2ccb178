package dev.sluice.load.count;

import dev.sluice.media.seq.SequenceUnwrapper;

/**
 * What of one stream came, by sequence numbers: each number counts once, whether it came by itself
 * or was sent again.
 */
public final class SequenceCount {

    /** What one packet was. */
    public enum Kind {
        NEW,
        DUPLICATE,
        /** Further behind the highest number than {@link #WINDOW} packets. */
        TOO_OLD
    }

    /** How far back duplicates are known: some seconds of video. */
    static final int WINDOW = 4096;

    private static final int MASK = WINDOW - 1;
    private static final long NONE = -1;

    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final long[] seen = new long[WINDOW / Long.SIZE];
    private long first = NONE;
    private long highest = NONE;
    private long last = NONE;
    private long received;
    private long recovered;
    private long duplicates;

    /**
     * Takes note of a packet.
     *
     * @param retransmitted whether it was sent again on a stream of its own
     */
    public Kind onPacket(int sequenceNumber, boolean retransmitted) {
        last = retransmitted ? unwrapper.peek(sequenceNumber) : unwrapper.unwrap(sequenceNumber);
        if (first == NONE) {
            first = last;
            highest = last - 1;
        }
        if (last <= highest - WINDOW) {
            return Kind.TOO_OLD;
        }
        advanceTo(last);
        if (isSeen(last)) {
            duplicates++;
            return Kind.DUPLICATE;
        }
        mark(last);
        if (retransmitted) {
            recovered++;
        } else {
            received++;
        }
        return Kind.NEW;
    }

    private void advanceTo(long sequence) {
        long from = Math.max(highest + 1, sequence - MASK);
        for (long passed = from; passed <= sequence; passed++) {
            seen[word(passed)] &= ~bit(passed);
        }
        highest = Math.max(highest, sequence);
    }

    private boolean isSeen(long sequence) {
        return (seen[word(sequence)] & bit(sequence)) != 0;
    }

    private void mark(long sequence) {
        seen[word(sequence)] |= bit(sequence);
        first = Math.min(first, sequence);
    }

    private static int word(long sequence) {
        return ((int) sequence & MASK) / Long.SIZE;
    }

    private static long bit(long sequence) {
        return 1L << sequence;
    }

    /** The extended number of the last packet. */
    public long extendedSequence() {
        return last;
    }

    /** Packets from the first number to the highest. */
    public long expected() {
        return first == NONE ? 0 : highest - first + 1;
    }

    /** Numbers that came by themselves. */
    public long received() {
        return received;
    }

    /** Numbers that came only because they were sent again. */
    public long recovered() {
        return recovered;
    }

    public long duplicates() {
        return duplicates;
    }
}
