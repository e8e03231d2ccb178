package dev.sluice.media.bwe;

import java.util.Arrays;

/**
 * What one feedback says about packets that were sent, whatever kind of feedback it was; used again
 * for each one.
 *
 * <p>Indices run in the order in which the feedback names the packets; {@link #byArrival} gives the
 * received ones with a known time in the order of arrival.
 */
final class PacketResults {

    /** The arrival of a packet that was lost, or of which the feedback tells no time. */
    static final long NO_ARRIVAL = Long.MIN_VALUE;

    private static final int INITIAL_CAPACITY = 64;

    /** Each packet of the history can be here twice: reported as lost, and as received after it. */
    private static final int INDEX_BITS = 14;

    private static final long MAX_MICROS = Long.MAX_VALUE >>> INDEX_BITS;

    private long[] positions = new long[INITIAL_CAPACITY];
    private long[] sentNanos = new long[INITIAL_CAPACITY];
    private long[] arrivalNanos = new long[INITIAL_CAPACITY];
    private int[] sizesBytes = new int[INITIAL_CAPACITY];
    private int[] probeIds = new int[INITIAL_CAPACITY];
    private boolean[] received = new boolean[INITIAL_CAPACITY];
    private boolean[] corrections = new boolean[INITIAL_CAPACITY];
    private long[] arrivalOrder = new long[INITIAL_CAPACITY];
    private int size;
    private int lostCount;
    private int timedCount;
    private boolean clockRestarted;

    void clear() {
        size = 0;
        timedCount = 0;
        lostCount = 0;
        clockRestarted = false;
    }

    /** The receiver's clock leapt: arrivals cannot be compared with those of earlier feedback. */
    void onClockRestarted() {
        clockRestarted = true;
    }

    boolean hasClockRestarted() {
        return clockRestarted;
    }

    /**
     * Takes over a packet of the history that was received.
     *
     * @param arrival on a clock of the receiver's, or {@link #NO_ARRIVAL}
     * @param wasLost earlier feedback said that it was lost
     */
    void addReceived(SentPacketHistory history, long position, long arrival, boolean wasLost) {
        add(history, position, arrival);
        received[size] = true;
        corrections[size] = wasLost;
        size++;
    }

    void addLost(SentPacketHistory history, long position) {
        add(history, position, NO_ARRIVAL);
        lostCount++;
        received[size] = false;
        corrections[size] = false;
        size++;
    }

    private void add(SentPacketHistory history, long position, long arrival) {
        if (size == sentNanos.length) {
            grow();
        }
        positions[size] = position;
        sentNanos[size] = history.sentNanos(position);
        sizesBytes[size] = history.sizeBytes(position);
        probeIds[size] = history.probeId(position);
        arrivalNanos[size] = arrival;
    }

    private void grow() {
        int capacity = 2 * size;
        positions = Arrays.copyOf(positions, capacity);
        sentNanos = Arrays.copyOf(sentNanos, capacity);
        arrivalNanos = Arrays.copyOf(arrivalNanos, capacity);
        sizesBytes = Arrays.copyOf(sizesBytes, capacity);
        probeIds = Arrays.copyOf(probeIds, capacity);
        received = Arrays.copyOf(received, capacity);
        corrections = Arrays.copyOf(corrections, capacity);
        arrivalOrder = new long[capacity];
    }

    int size() {
        return size;
    }

    /** How many of them were lost. */
    int lostCount() {
        return lostCount;
    }

    /** Where the packet is in the history. */
    long position(int index) {
        return positions[index];
    }

    long sentNanos(int index) {
        return sentNanos[index];
    }

    long arrivalNanos(int index) {
        return arrivalNanos[index];
    }

    int sizeBytes(int index) {
        return sizesBytes[index];
    }

    int probeId(int index) {
        return probeIds[index];
    }

    boolean isReceived(int index) {
        return received[index];
    }

    /** Whether it was received although earlier feedback said that it was lost. */
    boolean isCorrection(int index) {
        return corrections[index];
    }

    /** How many packets {@link #byArrival} has. */
    int timedCount() {
        return timedCount;
    }

    /** The index of the packet that arrived at a place in the order of arrival. */
    int byArrival(int place) {
        return (int) arrivalOrder[place] & ((1 << INDEX_BITS) - 1);
    }

    /** To be called after the last packet was added. */
    void sortByArrival() {
        timedCount = 0;
        long earliest = earliestArrival();
        for (int index = 0; index < size; index++) {
            if (arrivalNanos[index] != NO_ARRIVAL) {
                long micros = Math.clamp((arrivalNanos[index] - earliest) / 1_000, 0, MAX_MICROS);
                arrivalOrder[timedCount++] = (micros << INDEX_BITS) | index;
            }
        }
        Arrays.sort(arrivalOrder, 0, timedCount);
    }

    private long earliestArrival() {
        long earliest = Long.MAX_VALUE;
        for (int index = 0; index < size; index++) {
            if (arrivalNanos[index] != NO_ARRIVAL) {
                earliest = Math.min(earliest, arrivalNanos[index]);
            }
        }
        return earliest;
    }
}
