package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A generic NACK as it was read last, without an object for each or for what it names. */
public final class NackView {

    /** The two SSRCs. */
    private static final int FIXED_SIZE_BYTES = 8;

    private static final int USUAL_COUNT = 64;

    private int[] lost = new int[USUAL_COUNT];
    private long senderSsrc;
    private long mediaSsrc;
    private int size;

    NackView() {}

    /** Reads what follows the header; false when that breaks the format. */
    boolean read(ByteBuf body) {
        if (body.readableBytes() < FIXED_SIZE_BYTES + Nack.ENTRY_SIZE_BYTES) {
            return false;
        }
        senderSsrc = body.readUnsignedInt();
        mediaSsrc = body.readUnsignedInt();
        size = 0;
        while (body.readableBytes() >= Nack.ENTRY_SIZE_BYTES
                && size + Nack.MASK_BITS < Nack.MAX_LOST) {
            addEntry(body.readUnsignedShort(), body.readUnsignedShort());
        }
        return true;
    }

    private void addEntry(int packetId, int mask) {
        if (size + Nack.MASK_BITS >= lost.length) {
            lost = Arrays.copyOf(lost, 2 * lost.length);
        }
        lost[size++] = packetId;
        for (int rest = mask; rest != 0; rest &= rest - 1) {
            lost[size++] = (packetId + Integer.numberOfTrailingZeros(rest) + 1) & 0xFFFF;
        }
    }

    /** The stream with the loss. */
    public long mediaSsrc() {
        return mediaSsrc;
    }

    /** How many packets are asked for, {@link Nack#MAX_LOST} at most. */
    public int size() {
        return size;
    }

    /**
     * The sequence number of a packet that is asked for, 0 to 65535.
     *
     * @param position from 0 to below {@link #size}
     */
    public int lost(int position) {
        return lost[position];
    }

    /** The same as a value, which stays as it is. */
    public Nack toValue() {
        List<Integer> numbers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            numbers.add(lost[i]);
        }
        return new Nack(senderSsrc, mediaSsrc, numbers);
    }
}
