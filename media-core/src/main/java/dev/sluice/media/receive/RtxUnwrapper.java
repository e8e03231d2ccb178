package dev.sluice.media.receive;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

/**
 * Turns a retransmission back into the packet that was lost, RFC 4588 section 4.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                         RTP Header                            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |            OSN                |                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               |
 *   |                  Original RTP Packet Payload                  |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class RtxUnwrapper {

    /** The original sequence number (OSN) before the payload. */
    static final int OSN_SIZE_BYTES = 2;

    private RtxUnwrapper() {}

    /**
     * Restores the packet in place: the header moves up over the OSN, the buffer's reader index
     * with it. Extension elements stay as the retransmission had them.
     *
     * @param rtx a packet in the clear whose padding is read
     * @return false, with nothing changed, if the packet is padding only or too short
     */
    public static boolean unwrap(RtpPacket rtx, long mediaSsrc, int mediaPayloadType) {
        if (rtx.payloadSizeBytes() < OSN_SIZE_BYTES) {
            return false;
        }
        ByteBuf buffer = rtx.buffer();
        int originalSequence = buffer.getUnsignedShort(rtx.payloadIndex());
        int start = rtx.payloadIndex() - rtx.headerSizeBytes();
        moveUp(buffer, start, rtx.headerSizeBytes());
        buffer.readerIndex(start + OSN_SIZE_BYTES);
        if (!rtx.wrap(buffer)) {
            return false;
        }
        rtx.ssrc(mediaSsrc);
        rtx.payloadType(mediaPayloadType);
        rtx.sequenceNumber(originalSequence);
        return true;
    }

    /** From the end on, as source and destination overlap. */
    private static void moveUp(ByteBuf buffer, int start, int sizeBytes) {
        for (int i = start + sizeBytes - 1; i >= start; i--) {
            buffer.setByte(i + OSN_SIZE_BYTES, buffer.getByte(i));
        }
    }
}
