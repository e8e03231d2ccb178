package dev.sluice.media.send;

import dev.sluice.media.seq.SequenceNumbers;

import java.util.Arrays;

/**
 * What is needed to send a packet to one viewer again: numbers, not bytes. The bytes are in the
 * ring of the publisher's stream, once for all viewers.
 *
 * <p>A {@link #find} with the answer {@link Answer#RESEND} places the accessors on its packet.
 */
public final class RetransmissionCache {

    /** What to do about a NACKed packet. */
    public enum Answer {
        /** Send it again, from the numbers in the accessors. */
        RESEND,
        /** It was sent again less than a round trip ago: that one may still be on its way. */
        TOO_SOON,
        /** It was never sent, or so long ago that its numbers are gone. */
        UNKNOWN
    }

    /** Enough for a second of video at 10 Mbit/s. */
    public static final int VIDEO_CAPACITY_PACKETS = 1024;

    /** The least time between two retransmissions of a packet, however short the round trip. */
    static final long MIN_INTERVAL_NANOS = 10_000_000;

    private final int mask;
    private final boolean[] used;
    private final int[] sequences;
    private final int[] sources;
    private final long[] sourceSequences;
    private final long[] timestamps;
    private final boolean[] markers;
    private final boolean[] resent;
    private final long[] lastResendNanos;
    private long intervalNanos = MIN_INTERVAL_NANOS;
    private boolean empty = true;
    private int newest;
    private int found;

    /**
     * @param capacityPackets a power of two, at most 32768
     * @throws IllegalArgumentException if it is not
     */
    public RetransmissionCache(int capacityPackets) {
        if (Integer.bitCount(capacityPackets) != 1 || capacityPackets > 1 << 15) {
            throw new IllegalArgumentException(
                    "capacityPackets is " + capacityPackets + ", not a power of two up to 32768");
        }
        mask = capacityPackets - 1;
        used = new boolean[capacityPackets];
        sequences = new int[capacityPackets];
        sources = new int[capacityPackets];
        sourceSequences = new long[capacityPackets];
        timestamps = new long[capacityPackets];
        markers = new boolean[capacityPackets];
        resent = new boolean[capacityPackets];
        lastResendNanos = new long[capacityPackets];
    }

    /**
     * Takes note of a packet sent for the first time.
     *
     * @param sequenceNumber as sent, 16 bits
     * @param source which of the track's streams it came from: any number that the caller knows it
     *     by
     * @param sourceSequence its extended sequence number in that stream
     * @param timestamp as sent, 32 bits
     * @param marker as sent
     */
    public void onSent(
            int sequenceNumber, int source, long sourceSequence, long timestamp, boolean marker) {
        int slot = sequenceNumber & mask;
        used[slot] = true;
        sequences[slot] = sequenceNumber;
        sources[slot] = source;
        sourceSequences[slot] = sourceSequence;
        timestamps[slot] = timestamp;
        markers[slot] = marker;
        resent[slot] = false;
        if (empty || SequenceNumbers.isNewer(sequenceNumber, newest)) {
            newest = sequenceNumber;
            empty = false;
        }
    }

    /** The measured round trip to the viewer. */
    public void onRtt(long rttNanos) {
        intervalNanos = Math.max(MIN_INTERVAL_NANOS, rttNanos);
    }

    /** Answers a NACK for one packet; {@link Answer#RESEND} counts as sent now. */
    public Answer find(int sequenceNumber, long nowNanos) {
        int slot = sequenceNumber & mask;
        int age = SequenceNumbers.distance(sequenceNumber, newest);
        if (!used[slot] || sequences[slot] != sequenceNumber || age < 0 || age > mask) {
            return Answer.UNKNOWN;
        }
        if (resent[slot] && nowNanos - lastResendNanos[slot] < intervalNanos) {
            return Answer.TOO_SOON;
        }
        resent[slot] = true;
        lastResendNanos[slot] = nowNanos;
        found = slot;
        return Answer.RESEND;
    }

    /** As {@link #find}, but only for a packet that was not sent again yet, at whatever time. */
    public Answer findUnrepaired(int sequenceNumber, long nowNanos) {
        int slot = sequenceNumber & mask;
        boolean isRepaired = sequences[slot] == sequenceNumber && resent[slot];
        return isRepaired ? Answer.TOO_SOON : find(sequenceNumber, nowNanos);
    }

    /** The stream that the found packet came from. */
    public int source() {
        return sources[found];
    }

    /** The found packet's extended sequence number in its stream. */
    public long sourceSequence() {
        return sourceSequences[found];
    }

    /** The found packet's timestamp as sent. */
    public long timestamp() {
        return timestamps[found];
    }

    /** The found packet's marker as sent. */
    public boolean marker() {
        return markers[found];
    }

    /** Forgets all packets. */
    public void clear() {
        Arrays.fill(used, false);
        empty = true;
    }
}
