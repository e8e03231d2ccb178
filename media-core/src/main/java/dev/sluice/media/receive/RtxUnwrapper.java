package dev.sluice.media.receive;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

/**
 * Restores a retransmitted packet (RFC 4588 section 4) in place: the original sequence number
 * stands in the first two bytes of the payload.
 *
 * <pre>
 *  +-------------------------------+
 *  |         RTP Header            |
 *  +-------------------------------+
 *  |  OSN (2)  |  original payload |
 *  +-------------------------------+
 * </pre>
 */
public final class RtxUnwrapper {

    private static final int OSN_SIZE_BYTES = 2;

    private RtxUnwrapper() {}

    /**
     * Turns the wrapped packet into the original one. The header moves forward over the OSN, so the
     * buffer's reader index grows by two.
     *
     * @return false, and nothing changes, when the payload holds no packet: padding that probes the
     *     bandwidth
     */
    public static boolean unwrap(RtpPacket packet, int mediaPayloadType, long mediaSsrc) {
        if (packet.payloadSizeBytes() < OSN_SIZE_BYTES) {
            return false;
        }
        ByteBuf buffer = packet.buffer();
        int originalSequence = buffer.getUnsignedShort(packet.payloadIndex());
        int start = buffer.readerIndex();
        // Backwards, byte by byte: source and target overlap.
        for (int i = packet.headerSizeBytes() - 1; i >= 0; i--) {
            buffer.setByte(start + OSN_SIZE_BYTES + i, buffer.getByte(start + i));
        }
        buffer.readerIndex(start + OSN_SIZE_BYTES);
        if (!packet.wrap(buffer)) {
            return false;
        }
        packet.sequenceNumber(originalSequence);
        packet.payloadType(mediaPayloadType);
        packet.ssrc(mediaSsrc);
        return true;
    }
}
