package dev.sluice.media.receive;

import java.util.Arrays;

/**
 * The missing packets of one source in ascending order, with when each was and will be asked for. A
 * table of a fixed size, without objects per packet.
 */
final class MissingPackets {

    /** {@link #indexOf} of a packet that is not missing. */
    static final int ABSENT = -1;

    private final long[] sequences;
    private final long[] nextRequestNanos;
    private final long[] lastRequestNanos;
    private final int[] requests;
    private int size;

    MissingPackets(int capacity) {
        sequences = new long[capacity];
        nextRequestNanos = new long[capacity];
        lastRequestNanos = new long[capacity];
        requests = new int[capacity];
    }

    int size() {
        return size;
    }

    boolean hasRoomFor(long packets) {
        return packets <= sequences.length - size;
    }

    /** Adds a packet newer than all others. */
    void add(long sequence, long firstRequestNanos) {
        sequences[size] = sequence;
        nextRequestNanos[size] = firstRequestNanos;
        requests[size] = 0;
        size++;
    }

    int indexOf(long sequence) {
        int index = Arrays.binarySearch(sequences, 0, size, sequence);
        return index < 0 ? ABSENT : index;
    }

    long sequence(int index) {
        return sequences[index];
    }

    /** How often the packet was asked for. */
    int requests(int index) {
        return requests[index];
    }

    /** When the packet was asked for last; of no meaning before the first time. */
    long lastRequestNanos(int index) {
        return lastRequestNanos[index];
    }

    long nextRequestNanos(int index) {
        return nextRequestNanos[index];
    }

    void nextRequestNanos(int index, long nanos) {
        nextRequestNanos[index] = nanos;
    }

    void onRequest(int index, long nowNanos, long intervalNanos) {
        requests[index]++;
        lastRequestNanos[index] = nowNanos;
        nextRequestNanos[index] = nowNanos + intervalNanos;
    }

    void remove(int index) {
        removeRange(index, index + 1);
    }

    /** Removes the packets before {@code sequence}. */
    void removeBefore(long sequence) {
        int index = Arrays.binarySearch(sequences, 0, size, sequence);
        removeRange(0, index < 0 ? -index - 1 : index);
    }

    void clear() {
        size = 0;
    }

    private void removeRange(int from, int to) {
        int rest = size - to;
        System.arraycopy(sequences, to, sequences, from, rest);
        System.arraycopy(nextRequestNanos, to, nextRequestNanos, from, rest);
        System.arraycopy(lastRequestNanos, to, lastRequestNanos, from, rest);
        System.arraycopy(requests, to, requests, from, rest);
        size -= to - from;
    }
}
