package dev.sluice.srtp.context;

import io.netty.buffer.ByteBuf;

/**
 * The part of a compound RTCP packet that SRTCP leaves in the clear, RFC 3711 section 3.4.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|    RC   |       PT      |             length            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                         SSRC of sender                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class RtcpHeader {

    private static final int SSRC_OFFSET = 4;
    private static final int VERSION_MASK = 0xC0;
    private static final int VERSION_BITS = 0x80;

    private RtcpHeader() {}

    static boolean isPlausible(ByteBuf packet, int minSizeBytes) {
        return packet.readableBytes() >= minSizeBytes
                && (packet.getByte(packet.readerIndex()) & VERSION_MASK) == VERSION_BITS;
    }

    static long senderSsrc(ByteBuf packet) {
        return packet.getUnsignedInt(packet.readerIndex() + SSRC_OFFSET);
    }
}
