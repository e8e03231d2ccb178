package dev.sluice.media.buffer;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * The latest packets of one stream by extended sequence number, in a fixed number of slots. A
 * number shares its slot with all numbers a multiple of the capacity away; the newest of them
 * stays.
 */
public final class PacketRing {

    private final @Nullable ByteBuf[] packets;
    private final long[] sequences;
    private final int mask;

    /** Below it nothing is kept any more. */
    private long least;

    /**
     * @param capacity a power of two
     * @throws IllegalArgumentException for any other capacity
     */
    public PacketRing(int capacity) {
        if (Integer.bitCount(capacity) != 1 || capacity < 0) {
            throw new IllegalArgumentException("Capacity " + capacity + " is not a power of two");
        }
        packets = new ByteBuf[capacity];
        sequences = new long[capacity];
        mask = capacity - 1;
    }

    /**
     * Keeps a packet and releases the one it pushes out. The ring takes over the caller's reference
     * in any case: it releases a packet at once, and returns false, when the same or a newer number
     * has the slot already, or the number is one of those that were forgotten.
     *
     * @param sequence the extended sequence number, not negative
     */
    public boolean put(long sequence, ByteBuf retained) {
        int slot = slot(sequence);
        ByteBuf present = packets[slot];
        if (sequence < least || (present != null && sequences[slot] >= sequence)) {
            retained.release();
            return false;
        }
        packets[slot] = retained;
        sequences[slot] = sequence;
        if (present != null) {
            present.release();
        }
        return true;
    }

    /**
     * The packet with this number, borrowed from the ring, or null when it never came or has been
     * pushed out.
     */
    public @Nullable ByteBuf get(long sequence) {
        int slot = slot(sequence);
        return sequences[slot] == sequence ? packets[slot] : null;
    }

    /** Releases the packets of lower numbers than this, and keeps none of them that comes late. */
    public void forgetBefore(long sequence) {
        least = Math.max(least, sequence);
        for (int slot = 0; slot < packets.length; slot++) {
            if (sequences[slot] < least) {
                release(slot);
            }
        }
    }

    /** Releases all packets. */
    public void clear() {
        for (int slot = 0; slot < packets.length; slot++) {
            release(slot);
        }
    }

    private void release(int slot) {
        ByteBuf packet = packets[slot];
        packets[slot] = null;
        if (packet != null) {
            packet.release();
        }
    }

    private int slot(long sequence) {
        return (int) sequence & mask;
    }
}
