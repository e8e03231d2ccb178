package dev.sluice.media.fec;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

/** Turns a packet with RED into the packet of its primary block, RFC 2198 section 3. */
public final class RedUnwrapper {

    private final RedPayload payload = new RedPayload();

    /**
     * Restores the packet in place: the header moves up to the primary block, the buffer's reader
     * index with it; the redundant blocks are gone.
     *
     * @param red a packet in the clear whose padding is read
     * @return false, with nothing changed, if the payload is not well-formed
     */
    public boolean unwrap(RtpPacket red) {
        ByteBuf buffer = red.buffer();
        if (!payload.wrap(buffer, red.payloadIndex(), red.payloadSizeBytes())) {
            return false;
        }
        int primary = payload.blockCount() - 1;
        int payloadType = payload.payloadType(primary);
        int growth = payload.index(primary) - red.payloadIndex();
        payload.clear();
        int start = red.payloadIndex() - red.headerSizeBytes();
        moveUp(buffer, start, red.headerSizeBytes(), growth);
        buffer.readerIndex(start + growth);
        if (!red.wrap(buffer)) {
            return false;
        }
        red.payloadType(payloadType);
        return true;
    }

    /** From the end on, as source and destination overlap. */
    private static void moveUp(ByteBuf buffer, int start, int sizeBytes, int by) {
        for (int i = start + sizeBytes - 1; i >= start; i--) {
            buffer.setByte(i + by, buffer.getByte(i));
        }
    }
}
