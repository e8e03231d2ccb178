package dev.sluice.media.bwe;

import dev.sluice.media.seq.SequenceUnwrapper;

/**
 * What was sent lately, to be found again by what feedback names it with: the transport-wide
 * number, or the stream and its sequence number.
 *
 * <p>Packets have a position, counted from 1 in the order of sending; {@link #UNKNOWN} stands for
 * none. The room is made with the first packet and doubles while packets that feedback may still
 * name would be overwritten; streams are indexed from the first feedback on that names them. Apart
 * from that nothing is allocated. All that is kept of a packet is together, half a cache line.
 */
final class SentPacketHistory {

    /** No packet. */
    static final long UNKNOWN = 0;

    static final int INITIAL_CAPACITY = 512;

    /** 2 s of 4000 packets a second. */
    static final int MAX_CAPACITY = 8192;

    /** For how long feedback about a packet is of interest, where the capacity allows it. */
    static final long RETENTION_NANOS = 2_000_000_000L;

    /** A stream's numbers are spread by hash; more steps than this do not occur in honest use. */
    private static final int MAX_STEPS = 64;

    private static final int LONGS = 4;
    private static final int SENT_NANOS = 0;
    private static final int TRANSPORT = 1;

    /** SSRC, 16 bits of sequence number, and how many positions earlier one of its hash is. */
    private static final int STREAM = 2;

    /** Id of the probe in the upper half, 30 bits of size, two of state. */
    private static final int SIZE = 3;

    private static final int STATE_MASK = 3;
    private static final int LOST = 1;
    private static final int RECEIVED = 2;

    /**
     * So often it is looked whether what is overwritten next is still of interest: for each packet
     * it would be a read of memory that no cache has.
     */
    private static final int LOOK_EACH = 32;

    private final SequenceUnwrapper transportNumbers = new SequenceUnwrapper();
    private int mask = INITIAL_CAPACITY - 1;
    private long[] packets = {};

    // The latest positions by their low 16 bits; what is found by them tells whether it is the one.
    private char[] byTransport = {};
    private char[] byStreamHash = {};
    private long next = 1;
    private long highestTransport = -1;
    private boolean hasStreamFeedback;

    /**
     * Notes a packet.
     *
     * @param transportSequence 0 to 65535, or -1 without
     */
    void add(
            int transportSequence,
            long ssrc,
            int sequenceNumber,
            int sizeBytes,
            int probeId,
            long nowNanos) {
        makeRoom(nowNanos);
        long position = next++;
        long transport =
                transportSequence < 0 ? -1 : transportNumbers.unwrap(transportSequence & 0xFFFF);
        highestTransport = Math.max(highestTransport, transport);
        int at = at(position);
        packets[at + SENT_NANOS] = nowNanos;
        packets[at + TRANSPORT] = transport;
        packets[at + STREAM] = streamKey(ssrc, sequenceNumber) << 16;
        packets[at + SIZE] = (long) probeId << 32 | (long) sizeBytes << 2;
        index(position);
    }

    /** The extended number nearest to those sent, for {@link #byExtendedTransport}. */
    long extendTransport(int transportSequence) {
        return transportNumbers.peek(transportSequence);
    }

    /** The highest extended transport-wide number sent, -1 before any. */
    long highestTransport() {
        return highestTransport;
    }

    /** How many packets are kept at most. */
    int capacity() {
        return mask + 1;
    }

    /** The position of the packet with an extended transport-wide number. */
    long byExtendedTransport(long transport) {
        long position = latest(byTransport, (int) transport);
        return isKept(position) && packets[at(position) + TRANSPORT] == transport
                ? position
                : UNKNOWN;
    }

    /** The position of the latest packet of a stream with a sequence number. */
    long byStream(long ssrc, int sequenceNumber) {
        if (!hasStreamFeedback) {
            hasStreamFeedback = true;
            indexStreams();
        }
        long key = streamKey(ssrc, sequenceNumber);
        long position = latest(byStreamHash, hash(key));
        for (int step = 0; step < MAX_STEPS && isKept(position); step++) {
            long stream = packets[at(position) + STREAM];
            if (stream >>> 16 == key) {
                return position;
            }
            position = earlier(position, (int) stream & 0xFFFF);
        }
        return UNKNOWN;
    }

    long sentNanos(long position) {
        return packets[at(position) + SENT_NANOS];
    }

    int sizeBytes(long position) {
        return (int) packets[at(position) + SIZE] >>> 2;
    }

    /** The stream of a packet. */
    long ssrc(long position) {
        return packets[at(position) + STREAM] >>> 32;
    }

    /** A packet's number in its stream, 16 bits. */
    int sequenceNumber(long position) {
        return (int) packets[at(position) + STREAM] >>> 16;
    }

    int probeId(long position) {
        return (int) (packets[at(position) + SIZE] >> 32);
    }

    boolean isReceived(long position) {
        return state(position) == RECEIVED;
    }

    /** Whether feedback said so, and none has said the contrary since. */
    boolean isLost(long position) {
        return state(position) == LOST;
    }

    void onReceived(long position) {
        setState(position, RECEIVED);
    }

    void onLost(long position) {
        setState(position, LOST);
    }

    private void makeRoom(long nowNanos) {
        if (packets.length == 0) {
            resize(capacity());
        }
        long overwrittenSoon = next - capacity() + LOOK_EACH - 1;
        if (next % LOOK_EACH == 0
                && overwrittenSoon > 0
                && capacity() < MAX_CAPACITY
                && nowNanos - sentNanos(overwrittenSoon) < RETENTION_NANOS) {
            grow();
        }
    }

    private void setState(long position, int state) {
        int at = at(position) + SIZE;
        packets[at] = (packets[at] & ~STATE_MASK) | state;
    }

    private void grow() {
        long[] old = packets;
        long first = Math.max(1, next - capacity());
        resize(2 * capacity());
        for (long position = first; position < next; position++) {
            int from = LONGS * ((int) position & (mask >> 1));
            System.arraycopy(old, from, packets, at(position), LONGS);
            index(position);
        }
    }

    /** Makes empty room for a number of packets that is a power of two. */
    private void resize(int capacity) {
        mask = capacity - 1;
        packets = new long[LONGS * capacity];
        byTransport = new char[capacity];
        byStreamHash = new char[hasStreamFeedback ? capacity : 0];
    }

    private void indexStreams() {
        byStreamHash = new char[capacity()];
        for (long position = Math.max(1, next - capacity()); position < next; position++) {
            indexStream(position);
        }
    }

    /** Makes a packet findable. */
    private void index(long position) {
        long transport = packets[at(position) + TRANSPORT];
        if (transport >= 0) {
            byTransport[(int) transport & mask] = (char) position;
        }
        if (hasStreamFeedback) {
            indexStream(position);
        }
    }

    private void indexStream(long position) {
        int at = at(position) + STREAM;
        long key = packets[at] >>> 16;
        int bucket = hash(key) & mask;
        packets[at] = key << 16 | (char) (position - byStreamHash[bucket]);
        byStreamHash[bucket] = (char) position;
    }

    /** The latest position with the low 16 bits that a table has for a hash. */
    private long latest(char[] table, int hash) {
        return table.length == 0 ? UNKNOWN : earlier(next, (char) (next - table[hash & mask]));
    }

    /** More than are kept is as good as none. */
    private static long earlier(long position, int steps) {
        return steps == 0 ? UNKNOWN : position - steps;
    }

    private boolean isKept(long position) {
        return position > UNKNOWN && position >= next - capacity();
    }

    private int state(long position) {
        return (int) packets[at(position) + SIZE] & STATE_MASK;
    }

    private int at(long position) {
        return LONGS * ((int) position & mask);
    }

    private static long streamKey(long ssrc, int sequenceNumber) {
        return (ssrc << 16) | (sequenceNumber & 0xFFFF);
    }

    /** Numbers of one stream fall into buckets one after the other. */
    private static int hash(long streamKey) {
        return (int) streamKey + (int) (streamKey >>> 16) * 0x9E3779B1;
    }
}
