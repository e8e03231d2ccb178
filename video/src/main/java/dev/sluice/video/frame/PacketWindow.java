package dev.sluice.video.frame;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Packets that wait for earlier ones, and when the missing ones were noticed, by extended sequence
 * number. The caller keeps all numbers within the capacity of each other.
 */
final class PacketWindow {

    private final @Nullable ByteBuf[] payloads;
    private final long[] timestamps;
    private final boolean[] markers;
    private final long[] noticedNanos;
    private final int mask;

    /**
     * @param capacity a power of two
     */
    PacketWindow(int capacity) {
        payloads = new ByteBuf[capacity];
        timestamps = new long[capacity];
        markers = new boolean[capacity];
        noticedNanos = new long[capacity];
        mask = capacity - 1;
    }

    /** Keeps a packet in a free slot; the window retains the payload. */
    void put(long sequence, long timestamp, boolean marker, ByteBuf payload) {
        int slot = slot(sequence);
        payloads[slot] = payload.retainedSlice();
        timestamps[slot] = timestamp;
        markers[slot] = marker;
    }

    boolean has(long sequence) {
        return payloads[slot(sequence)] != null;
    }

    long timestamp(long sequence) {
        return timestamps[slot(sequence)];
    }

    boolean marker(long sequence) {
        return markers[slot(sequence)];
    }

    /** Takes a payload out; the caller has to release it. Null where there is none. */
    @Nullable ByteBuf take(long sequence) {
        int slot = slot(sequence);
        ByteBuf payload = payloads[slot];
        payloads[slot] = null;
        return payload;
    }

    /** The number is missing, as a later one came at {@code nowNanos}. */
    void notice(long sequence, long nowNanos) {
        noticedNanos[slot(sequence)] = nowNanos;
    }

    long noticedNanos(long sequence) {
        return noticedNanos[slot(sequence)];
    }

    void clear() {
        for (int slot = 0; slot < payloads.length; slot++) {
            ByteBuf payload = payloads[slot];
            payloads[slot] = null;
            if (payload != null) {
                payload.release();
            }
        }
    }

    private int slot(long sequence) {
        return (int) sequence & mask;
    }
}
