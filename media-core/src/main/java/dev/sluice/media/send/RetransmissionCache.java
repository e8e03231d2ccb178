package dev.sluice.media.send;

import dev.sluice.media.seq.SequenceNumbers;

/**
 * Which packets were sent to one viewer, and when they were sent again. What they were sent with is
 * kept by who numbered them, and their bytes in the ring of the publisher's stream, once for all
 * viewers.
 */
public final class RetransmissionCache {

    /** What to do about a NACKed packet. */
    public enum Answer {
        /** Send it again. */
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

    private static final int SEQUENCE_MASK = 0xFFFF;
    private static final int SENT = 1 << 16;
    private static final int RESENT = 1 << 17;

    private static final int[] NO_PACKETS = {};
    private static final long[] NO_TIMES = {};

    private final int capacityPackets;

    /** The sequence number in 16 bits, and flags. */
    private int[] packets = NO_PACKETS;

    /** When the last retransmission was, of packets that have one. */
    private long[] resentNanos = NO_TIMES;

    private long intervalNanos = MIN_INTERVAL_NANOS;
    private boolean empty = true;
    private int newest;

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
     */
    public void onSent(int sequenceNumber) {
        if (packets.length == 0) {
            // A viewer who waits for a publisher needs none.
            packets = new int[capacityPackets];
        }
        packets[at(sequenceNumber)] = sequenceNumber | SENT;
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
        if (isResent(at) && nowNanos - resentNanos[at] < intervalNanos) {
            return Answer.TOO_SOON;
        }
        if (resentNanos.length == 0) {
            resentNanos = new long[capacityPackets];
        }
        packets[at] |= RESENT;
        resentNanos[at] = nowNanos;
        return Answer.RESEND;
    }

    /** As {@link #find}, but only for a packet that was not sent again yet, at whatever time. */
    public Answer findUnrepaired(int sequenceNumber, long nowNanos) {
        boolean isRepaired = isKept(sequenceNumber) && isResent(at(sequenceNumber));
        return isRepaired ? Answer.TOO_SOON : find(sequenceNumber, nowNanos);
    }

    private boolean isKept(int sequenceNumber) {
        if (packets.length == 0) {
            return false;
        }
        int packet = packets[at(sequenceNumber)];
        return (packet & SENT) != 0 && (packet & SEQUENCE_MASK) == sequenceNumber;
    }

    private boolean isResent(int at) {
        return (packets[at] & RESENT) != 0;
    }

    private int at(int sequenceNumber) {
        return sequenceNumber & capacityPackets - 1;
    }
}
