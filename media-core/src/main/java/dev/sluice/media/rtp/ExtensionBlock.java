package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

/**
 * The header extension of an RTP packet as a whole, RFC 3550 section 5.3.1: its head, and its
 * growing and shrinking before the payload.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |      defined by profile       |       length in words         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                elements, in a form of RFC 8285                |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class ExtensionBlock {

    /** Before the elements. */
    static final int HEAD_SIZE_BYTES = 4;

    private static final int LENGTH_OFFSET = 2;
    private static final int WORD_SIZE_BYTES = 4;

    /** The length field has 16 bits. */
    private static final int MAX_ELEMENTS_SIZE_BYTES = WORD_SIZE_BYTES * 0xFFFF;

    private ExtensionBlock() {}

    /** Of the elements and their padding, as the head at this index tells it. */
    static int elementsSizeBytes(ByteBuf buffer, int head) {
        return WORD_SIZE_BYTES * buffer.getUnsignedShort(head + LENGTH_OFFSET);
    }

    /** Writes the head before elements of so many bytes, a multiple of 4. */
    static void setHead(ByteBuf buffer, int head, int profile, int elementsSizeBytes) {
        buffer.setShort(head, profile);
        buffer.setShort(head + LENGTH_OFFSET, elementsSizeBytes / WORD_SIZE_BYTES);
    }

    /** Whether a packet can have a block with so many bytes of elements. */
    static boolean canResize(RtpPacket packet, int elementsSizeBytes) {
        return elementsSizeBytes <= MAX_ELEMENTS_SIZE_BYTES
                && growth(packet, elementsSizeBytes) <= packet.buffer().maxWritableBytes();
    }

    /**
     * Moves the payload to where it is behind a block with so many bytes of elements, a multiple of
     * 4, and writes the block's head; 0 takes the block away.
     */
    static void resize(RtpPacket packet, int profile, int elementsSizeBytes) {
        int head = packet.payloadIndex() - sizeBytes(packet);
        packet.movePayload(growth(packet, elementsSizeBytes));
        if (elementsSizeBytes == 0) {
            packet.extension(0, 0);
        } else {
            setHead(packet.buffer(), head, profile, elementsSizeBytes);
            packet.extension(head + HEAD_SIZE_BYTES, elementsSizeBytes);
        }
    }

    private static int growth(RtpPacket packet, int elementsSizeBytes) {
        int after = elementsSizeBytes == 0 ? 0 : HEAD_SIZE_BYTES + elementsSizeBytes;
        return after - sizeBytes(packet);
    }

    private static int sizeBytes(RtpPacket packet) {
        return packet.hasExtension() ? HEAD_SIZE_BYTES + packet.extensionSizeBytes() : 0;
    }
}
