package dev.sluice.media.bwe;

import dev.sluice.media.rtcp.PacketArrivals;
import dev.sluice.media.rtcp.TransportFeedback;

/**
 * Builds one transport feedback from arrivals in the order of their numbers, as long as they fit in
 * it.
 */
final class FeedbackBuilder {

    /** Leaves room in any path's datagram for SRTCP and for other packets of the compound. */
    static final int MAX_SIZE_BYTES = 1100;

    private static final int HEAD_SIZE_BYTES = 20;
    private static final int CHUNK_SIZE_BYTES = 2;
    private static final int LARGE_DELTA_SIZE_BYTES = 2;

    /**
     * Every status chunk but the last covers at least as many packets as a vector of two-bit
     * statuses.
     */
    private static final int MIN_PACKETS_A_CHUNK = 7;

    private static final int TICKS_PER_REFERENCE =
            (int) (TransportFeedback.REFERENCE_NANOS / TransportFeedback.TICK_NANOS);

    private final PacketArrivals.Builder arrivals = new PacketArrivals.Builder();
    private final long baseSequence;
    private long referenceTime;
    private long lastTicks;
    private int statusCount;

    /**
     * @param baseSequence the first extended number that is reported on, received or not
     */
    FeedbackBuilder(long baseSequence) {
        this.baseSequence = baseSequence;
    }

    /**
     * Adds an arrival and, before it, the missing ones; false when that needs a feedback of its
     * own.
     */
    boolean add(long sequence, long arrivalNanos) {
        long ticks = Math.floorDiv(arrivalNanos, TransportFeedback.TICK_NANOS);
        if (arrivals.size() == 0) {
            referenceTime = Math.floorDiv(ticks, TICKS_PER_REFERENCE);
            lastTicks = referenceTime * TICKS_PER_REFERENCE;
        }
        long delta = ticks - lastTicks;
        int offset = (int) (sequence - baseSequence);
        if (delta != (short) delta || sizeBound(offset + 1) > MAX_SIZE_BYTES) {
            return false;
        }
        arrivals.add(offset, (int) delta);
        statusCount = offset + 1;
        lastTicks = ticks;
        return true;
    }

    /** The extended number behind the last arrival added. */
    long endSequence() {
        return baseSequence + statusCount;
    }

    TransportFeedback build(long senderSsrc, long mediaSsrc, int feedbackCount) {
        return new TransportFeedback(
                senderSsrc,
                mediaSsrc,
                (int) baseSequence & 0xFFFF,
                statusCount,
                signed24((int) referenceTime),
                feedbackCount,
                arrivals.build());
    }

    /** What the feedback takes at most with one more arrival and this many statuses. */
    private int sizeBound(int statuses) {
        int received = arrivals.size() + 1;
        // A gap costs at most the rest of a vector and a run, so few arrivals need few chunks
        // however far apart.
        int chunks = Math.min(statuses / MIN_PACKETS_A_CHUNK + 1, 2 * received + 1);
        return HEAD_SIZE_BYTES + chunks * CHUNK_SIZE_BYTES + received * LARGE_DELTA_SIZE_BYTES + 3;
    }

    private static int signed24(int value) {
        return (value << 8) >> 8;
    }
}
