package dev.sluice.video.layer;

/**
 * From which packet on which layers were in force, so that a packet that comes late is judged as it
 * would have been in time.
 */
final class LayerHistory {

    /** Changes within the span in which packets may come late; older ones are forgotten. */
    private static final int CAPACITY = 32;

    static final int NONE = -1;

    private final long[] sequences = new long[CAPACITY];
    private final long[] timestamps = new long[CAPACITY];
    private final long[] numbers = new long[CAPACITY];
    private final int[] spatial = new int[CAPACITY];
    private final int[] temporal = new int[CAPACITY];
    private int count;

    void clear() {
        count = 0;
    }

    /**
     * Notes a change.
     *
     * @param sequence of the first packet that it holds for
     * @param timestamp of the picture that it holds for as a whole
     * @param number of that picture or frame, where the stream counts them
     */
    void add(long sequence, long timestamp, long number, int spatialId, int temporalId) {
        int slot = count % CAPACITY;
        sequences[slot] = sequence;
        timestamps[slot] = timestamp;
        numbers[slot] = number;
        spatial[slot] = spatialId;
        temporal[slot] = temporalId;
        count++;
    }

    /** The change in force for a packet, or {@link #NONE} when it is older than all known. */
    int at(long sequence, long timestamp) {
        for (int i = count - 1; i >= Math.max(0, count - CAPACITY); i--) {
            int slot = i % CAPACITY;
            if (sequence >= sequences[slot] || timestamp == timestamps[slot]) {
                return slot;
            }
        }
        return NONE;
    }

    /** The change in force for a picture or frame, or {@link #NONE}. */
    int atNumber(long number) {
        for (int i = count - 1; i >= Math.max(0, count - CAPACITY); i--) {
            if (number >= numbers[i % CAPACITY]) {
                return i % CAPACITY;
            }
        }
        return NONE;
    }

    int spatialId(int change) {
        return spatial[change];
    }

    int temporalId(int change) {
        return temporal[change];
    }
}
