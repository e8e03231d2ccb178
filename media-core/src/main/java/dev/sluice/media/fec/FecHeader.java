package dev.sluice.media.fec;

import dev.sluice.media.seq.SequenceNumbers;

/**
 * What a repair packet says, whatever its format: which packets it protects, and the exclusive or
 * of their header fields. Reusable.
 */
public final class FecHeader {

    /** More packets than the largest mask has bits (110); a payload that names more is refused. */
    public static final int MAX_PACKETS = 128;

    /** Further apart than a packet stays of use. */
    static final int MAX_SPAN_PACKETS = 1024;

    private static final int FLAGS_MASK = 0x3FFF;

    private final long[] ssrcs = new long[MAX_PACKETS];
    private final int[] sequences = new int[MAX_PACKETS];
    private int count;
    private int flags;
    private int length;
    private int timestamp;
    private int dataIndex;
    private int dataSizeBytes;
    private int levelCount;
    private boolean retransmission;

    void clear() {
        count = 0;
        dataSizeBytes = 0;
        levelCount = 1;
        retransmission = false;
    }

    /**
     * @param flags the first two bytes of RTP headers; the version bits do not count
     */
    void recovery(int flags, int length, int timestamp) {
        this.flags = flags & FLAGS_MASK;
        this.length = length;
        this.timestamp = timestamp;
    }

    void data(int index, int sizeBytes) {
        dataIndex = index;
        dataSizeBytes = sizeBytes;
    }

    void levels(int count) {
        levelCount = count;
    }

    void retransmission(int index, int sizeBytes) {
        retransmission = true;
        data(index, sizeBytes);
    }

    /** Notes a protected packet; false when there are too many. */
    boolean protect(long ssrc, int sequenceNumber) {
        if (count == MAX_PACKETS) {
            return false;
        }
        ssrcs[count] = ssrc;
        sequences[count] = sequenceNumber & 0xFFFF;
        count++;
        return true;
    }

    /**
     * Notes the packets of a mask.
     *
     * @param bits the highest is that of the packet {@code base}
     */
    boolean protectMasked(long ssrc, int base, long bits) {
        for (long rest = bits; rest != 0; ) {
            int offset = Long.numberOfLeadingZeros(rest);
            if (!protect(ssrc, base + offset)) {
                return false;
            }
            rest &= ~(Long.MIN_VALUE >>> offset);
        }
        return true;
    }

    /** Notes {@code count} packets, each {@code step} after the one before. */
    boolean protectEvery(long ssrc, int base, int step, int count) {
        if (step * (count - 1) >= MAX_SPAN_PACKETS) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!protect(ssrc, base + i * step)) {
                return false;
            }
        }
        return true;
    }

    /** Protected packets, at least 1 unless it is a {@link #isRetransmission() retransmission}. */
    public int packetCount() {
        return count;
    }

    /** The stream of a protected packet, unsigned 32 bits. */
    public long ssrc(int packet) {
        return ssrcs[checked(packet)];
    }

    /** 16 bits; of each stream in ascending order. */
    public int sequenceNumber(int packet) {
        return sequences[checked(packet)];
    }

    boolean protects(long ssrc, int sequenceNumber) {
        for (int i = 0; i < count; i++) {
            if (sequences[i] == sequenceNumber && ssrcs[i] == ssrc) {
                return true;
            }
        }
        return false;
    }

    /** How many packets of its stream came after all that are protected; negative before them. */
    int age(long ssrc, int sequenceNumber) {
        return count == 0 || ssrcs[count - 1] != ssrc
                ? 0
                : SequenceNumbers.distance(sequences[count - 1], sequenceNumber);
    }

    /** P, X, CC, M and PT of all protected packets, by exclusive or; the lowest 14 bits. */
    public int flagsRecovery() {
        return flags;
    }

    /** The sizes behind the fixed RTP header of all protected packets, by exclusive or. */
    public int lengthRecovery() {
        return length;
    }

    /** The timestamps of all protected packets, by exclusive or; unsigned 32 bits. */
    public long timestampRecovery() {
        return Integer.toUnsignedLong(timestamp);
    }

    /** Where the protected bytes are in the payload's buffer, or the retransmitted packet. */
    public int dataIndex() {
        return dataIndex;
    }

    /** How many bytes behind the fixed RTP header are protected, or the retransmitted size. */
    public int dataSizeBytes() {
        return dataSizeBytes;
    }

    /** Protection levels of ULPFEC; only the first one is used. */
    public int levelCount() {
        return levelCount;
    }

    /** Whether the payload is one whole packet (R bit, RFC 8627 section 4.2.2.1). */
    public boolean isRetransmission() {
        return retransmission;
    }

    private int checked(int packet) {
        if (packet < 0 || packet >= count) {
            throw new IndexOutOfBoundsException("Protected packet " + packet + " of " + count);
        }
        return packet;
    }
}
