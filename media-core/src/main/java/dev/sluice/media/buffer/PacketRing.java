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
     * has the slot already.
     *
     * @param sequence the extended sequence number, not negative
     */
    public boolean put(long sequence, ByteBuf retained) {
        int slot = slot(sequence);
        ByteBuf present = packets[slot];
        if (present != null && sequences[slot] >= sequence) {
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

    /** Releases all packets. */
    public void clear() {
        for (int slot = 0; slot < packets.length; slot++) {
            ByteBuf packet = packets[slot];
            packets[slot] = null;
            if (packet != null) {
                packet.release();
            }
        }
    }

    private int slot(long sequence) {
        return (int) sequence & mask;
    }
}
