package dev.sluice.media.pacing;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** The packets of one priority in the order of their coming; a ring that grows. */
final class PacketFifo<T> {

    /** There are four of them for each viewer, most of which stay empty. */
    private static final int INITIAL_CAPACITY = 8;

    private @Nullable Object[] packets = new Object[INITIAL_CAPACITY];
    private int[] sizesBytes = new int[INITIAL_CAPACITY];
    private long[] enqueuedNanos = new long[INITIAL_CAPACITY];
    private int head;
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    void add(T packet, int sizeBytes, long nowNanos) {
        if (count == packets.length) {
            grow();
        }
        int slot = (head + count) & (packets.length - 1);
        packets[slot] = packet;
        sizesBytes[slot] = sizeBytes;
        enqueuedNanos[slot] = nowNanos;
        count++;
    }

    /** The size of the first packet; there has to be one. */
    int firstSizeBytes() {
        return sizesBytes[head];
    }

    /** When the first packet came; there has to be one. */
    long firstEnqueuedNanos() {
        return enqueuedNanos[head];
    }

    /** Takes the first packet out; there has to be one. */
    @SuppressWarnings({"unchecked", "NullAway"}) // only what `add` put there
    T remove() {
        T packet = (T) packets[head];
        packets[head] = null;
        head = (head + 1) & (packets.length - 1);
        count--;
        return packet;
    }

    private void grow() {
        int capacity = packets.length;
        @Nullable Object[] moved = Arrays.copyOfRange(packets, head, head + 2 * capacity);
        int[] movedSizes = Arrays.copyOfRange(sizesBytes, head, head + 2 * capacity);
        long[] movedTimes = Arrays.copyOfRange(enqueuedNanos, head, head + 2 * capacity);
        System.arraycopy(packets, 0, moved, capacity - head, head);
        System.arraycopy(sizesBytes, 0, movedSizes, capacity - head, head);
        System.arraycopy(enqueuedNanos, 0, movedTimes, capacity - head, head);
        packets = moved;
        sizesBytes = movedSizes;
        enqueuedNanos = movedTimes;
        head = 0;
    }
}
