package dev.sluice.media.send;

import dev.sluice.media.seq.SequenceNumbers;

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

    // A packet's numbers are together: to note or to find it touches one cache line.
    private static final int LONGS = 4;

    /** The source in the upper half, then flags, then the sequence number in 16 bits. */
    private static final int NAME = 0;

    private static final int SOURCE_SEQUENCE = 1;
    private static final int TIMESTAMP = 2;
    private static final int RESENT_NANOS = 3;

    private static final int SEQUENCE_MASK = 0xFFFF;
    private static final int USED = 1 << 16;
    private static final int MARKER = 1 << 17;
    private static final int RESENT = 1 << 18;

    private static final long[] NO_PACKETS = {};

    private final int capacityPackets;
    private long[] packets = NO_PACKETS;
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
        this.capacityPackets = capacityPackets;
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
        if (packets.length == 0) {
            // A viewer who waits for a publisher needs none.
            packets = new long[LONGS * capacityPackets];
        }
        int at = at(sequenceNumber);
        packets[at + NAME] = (long) source << 32 | sequenceNumber | USED | (marker ? MARKER : 0);
        packets[at + SOURCE_SEQUENCE] = sourceSequence;
        packets[at + TIMESTAMP] = timestamp;
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
        int age = SequenceNumbers.distance(sequenceNumber, newest);
        if (!isKept(sequenceNumber) || age < 0 || age >= capacityPackets) {
            return Answer.UNKNOWN;
        }
        int at = at(sequenceNumber);
        if (isResent(at) && nowNanos - packets[at + RESENT_NANOS] < intervalNanos) {
            return Answer.TOO_SOON;
        }
        packets[at + NAME] |= RESENT;
        packets[at + RESENT_NANOS] = nowNanos;
        found = at;
        return Answer.RESEND;
    }

    /** As {@link #find}, but only for a packet that was not sent again yet, at whatever time. */
    public Answer findUnrepaired(int sequenceNumber, long nowNanos) {
        boolean isRepaired = isKept(sequenceNumber) && isResent(at(sequenceNumber));
        return isRepaired ? Answer.TOO_SOON : find(sequenceNumber, nowNanos);
    }

    /** The stream that the found packet came from. */
    public int source() {
        return (int) (packets[found + NAME] >> 32);
    }

    /** The found packet's extended sequence number in its stream. */
    public long sourceSequence() {
        return packets[found + SOURCE_SEQUENCE];
    }

    /** The found packet's timestamp as sent. */
    public long timestamp() {
        return packets[found + TIMESTAMP];
    }

    /** The found packet's marker as sent. */
    public boolean marker() {
        return (packets[found + NAME] & MARKER) != 0;
    }

    /** Forgets all packets. */
    public void clear() {
        packets = NO_PACKETS;
        empty = true;
    }

    private boolean isKept(int sequenceNumber) {
        if (packets.length == 0) {
            return false;
        }
        long name = packets[at(sequenceNumber) + NAME];
        return (name & USED) != 0 && (name & SEQUENCE_MASK) == sequenceNumber;
    }

    private boolean isResent(int at) {
        return (packets[at + NAME] & RESENT) != 0;
    }

    private int at(int sequenceNumber) {
        return LONGS * (sequenceNumber & capacityPackets - 1);
    }
}
