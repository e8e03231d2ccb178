package dev.sluice.media.bwe;

import dev.sluice.media.seq.SequenceUnwrapper;

/**
 * What was sent lately, to be found again by what feedback names it with: the transport-wide
 * number, or the stream and its sequence number.
 *
 * <p>Packets have a position, counted from 1 in the order of sending; {@link #UNKNOWN} stands for
 * none. The room begins small and doubles while packets that feedback may still name would be
 * overwritten; apart from that nothing is allocated.
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

    private static final byte UNTRACKED = 0;
    private static final byte IN_FLIGHT = 1;
    private static final byte LOST = 2;
    private static final byte RECEIVED = 3;

    private final SequenceUnwrapper transportNumbers = new SequenceUnwrapper();
    private int mask;
    private long[] sentNanos;
    private long[] transports;
    private long[] streamKeys;
    private long[] earlierOfHash;
    private int[] sizesBytes;
    private int[] probeIds;
    private byte[] states;
    private long[] byTransport;
    private long[] byStreamHash;
    private long next = 1;
    private long firstInFlight = 1;
    private long inFlightBytes;
    private long highestTransport = -1;
    private boolean hasStreamFeedback;

    SentPacketHistory() {
        this(INITIAL_CAPACITY);
    }

    /** For a capacity that is a power of two. */
    private SentPacketHistory(int capacity) {
        mask = capacity - 1;
        sentNanos = new long[capacity];
        transports = new long[capacity];
        streamKeys = new long[capacity];
        earlierOfHash = new long[capacity];
        sizesBytes = new int[capacity];
        probeIds = new int[capacity];
        states = new byte[capacity];
        byTransport = new long[capacity];
        byStreamHash = new long[capacity];
    }

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
        put(position, transport, streamKey(ssrc, sequenceNumber));
        int slot = slot(position);
        sentNanos[slot] = nowNanos;
        sizesBytes[slot] = sizeBytes;
        probeIds[slot] = probeId;
        states[slot] = UNTRACKED;
        if (transport >= 0 || hasStreamFeedback) {
            states[slot] = IN_FLIGHT;
            inFlightBytes += sizeBytes;
        }
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
        long position = byTransport[(int) transport & mask];
        return isKept(position) && transports[slot(position)] == transport ? position : UNKNOWN;
    }

    /** The position of the latest packet of a stream with a sequence number. */
    long byStream(long ssrc, int sequenceNumber) {
        hasStreamFeedback = true;
        long key = streamKey(ssrc, sequenceNumber);
        long position = byStreamHash[hash(key) & mask];
        for (int step = 0; step < MAX_STEPS && isKept(position); step++) {
            if (streamKeys[slot(position)] == key) {
                return position;
            }
            position = earlierOfHash[slot(position)];
        }
        return UNKNOWN;
    }

    long sentNanos(long position) {
        return sentNanos[slot(position)];
    }

    int sizeBytes(long position) {
        return sizesBytes[slot(position)];
    }

    /** The stream of a packet. */
    long ssrc(long position) {
        return streamKeys[slot(position)] >>> 16;
    }

    /** A packet's number in its stream, 16 bits. */
    int sequenceNumber(long position) {
        return (int) streamKeys[slot(position)] & 0xFFFF;
    }

    int probeId(long position) {
        return probeIds[slot(position)];
    }

    boolean isReceived(long position) {
        return states[slot(position)] == RECEIVED;
    }

    /** Whether feedback said so, and none has said the contrary since. */
    boolean isLost(long position) {
        return states[slot(position)] == LOST;
    }

    void onReceived(long position) {
        land(position, RECEIVED);
    }

    void onLost(long position) {
        land(position, LOST);
    }

    /** Bytes sent that no feedback has reported on yet, {@link #RETENTION_NANOS} old at most. */
    long inFlightBytes(long nowNanos) {
        while (firstInFlight < next
                && nowNanos - sentNanos[slot(firstInFlight)] > RETENTION_NANOS) {
            leaveFlight(firstInFlight);
        }
        return inFlightBytes;
    }

    private void makeRoom(long nowNanos) {
        long oldest = next - capacity();
        if (oldest < 1) {
            return;
        }
        boolean isOfInterest = nowNanos - sentNanos[slot(oldest)] < RETENTION_NANOS;
        if (isOfInterest && capacity() < MAX_CAPACITY) {
            grow();
        } else if (firstInFlight <= oldest) {
            leaveFlight(oldest);
        }
    }

    /** All before a position are out of flight then, and the position itself, too. */
    private void leaveFlight(long position) {
        if (states[slot(position)] == IN_FLIGHT) {
            inFlightBytes -= sizesBytes[slot(position)];
            states[slot(position)] = UNTRACKED;
        }
        firstInFlight = position + 1;
    }

    private void land(long position, byte state) {
        int slot = slot(position);
        if (states[slot] == IN_FLIGHT) {
            inFlightBytes -= sizesBytes[slot];
        }
        states[slot] = state;
    }

    private void grow() {
        int old = capacity();
        int capacity = 2 * old;
        long first = next - old;
        sentNanos = spread(sentNanos, first, old);
        long[] oldTransports = transports;
        long[] oldKeys = streamKeys;
        sizesBytes = spread(sizesBytes, first, old);
        probeIds = spread(probeIds, first, old);
        byte[] oldStates = states;
        states = new byte[capacity];
        transports = new long[capacity];
        streamKeys = new long[capacity];
        earlierOfHash = new long[capacity];
        byTransport = new long[capacity];
        byStreamHash = new long[capacity];
        mask = capacity - 1;
        for (long position = first; position < next; position++) {
            int from = (int) position & (old - 1);
            states[slot(position)] = oldStates[from];
            put(position, oldTransports[from], oldKeys[from]);
        }
    }

    private static long[] spread(long[] values, long first, int old) {
        long[] wider = new long[2 * old];
        for (long position = first; position < first + old; position++) {
            wider[(int) position & (2 * old - 1)] = values[(int) position & (old - 1)];
        }
        return wider;
    }

    private static int[] spread(int[] values, long first, int old) {
        int[] wider = new int[2 * old];
        for (long position = first; position < first + old; position++) {
            wider[(int) position & (2 * old - 1)] = values[(int) position & (old - 1)];
        }
        return wider;
    }

    /** Makes a packet findable by both names. */
    private void put(long position, long transport, long streamKey) {
        int slot = slot(position);
        transports[slot] = transport;
        streamKeys[slot] = streamKey;
        if (transport >= 0) {
            byTransport[(int) transport & mask] = position;
        }
        int bucket = hash(streamKey) & mask;
        earlierOfHash[slot] = byStreamHash[bucket];
        byStreamHash[bucket] = position;
    }

    private boolean isKept(long position) {
        return position != UNKNOWN && position >= next - capacity();
    }

    private int slot(long position) {
        return (int) position & mask;
    }

    private static long streamKey(long ssrc, int sequenceNumber) {
        return (ssrc << 16) | (sequenceNumber & 0xFFFF);
    }

    /** Numbers of one stream fall into buckets one after the other. */
    private static int hash(long streamKey) {
        return (int) streamKey + (int) (streamKey >>> 16) * 0x9E3779B1;
    }
}
