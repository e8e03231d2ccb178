package dev.sluice.media.fec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A repair packet that waits for its packets: a copy of its payload, and what it says. */
final class PendingRepair {

    private static final int INITIAL_SIZE_BYTES = 256;

    private final FecHeader header = new FecHeader();
    private final ByteBuf payload =
            Unpooled.buffer(INITIAL_SIZE_BYTES, XorBlock.MAX_PACKET_SIZE_BYTES);
    private long number;
    private boolean inUse;

    /** Takes a copy; false, with the place still free, when it is malformed. */
    boolean read(
            FecFormat format, ByteBuf from, int index, int sizeBytes, long[] sources, long number) {
        this.number = number;
        inUse = false;
        if (sizeBytes > payload.maxCapacity()) {
            return false;
        }
        payload.clear().writeBytes(from, index, sizeBytes);
        inUse = format.read(payload, 0, sizeBytes, sources, header);
        return inUse;
    }

    boolean isInUse() {
        return inUse;
    }

    void free() {
        inUse = false;
    }

    /** Of two, the lower one came first. */
    long number() {
        return number;
    }

    FecHeader header() {
        return header;
    }

    ByteBuf payload() {
        return payload;
    }
}
