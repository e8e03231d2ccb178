package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

/**
 * The first four bytes of every RTCP packet, RFC 3550 section 6.4.1 and RFC 4585 section 6.1.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P| RC/FMT  |      PT       |     length in words - 1       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class RtcpHeader {

    static final int SIZE_BYTES = 4;

    /** The common header and the two SSRCs of a feedback message, RFC 4585 section 6.1. */
    static final int FEEDBACK_HEAD_SIZE_BYTES = SIZE_BYTES + 8;

    /** What the five bits of RC hold. */
    static final int MAX_COUNT = 31;

    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;
    static final int APPLICATION_DEFINED = 204;
    static final int TRANSPORT_LAYER_FEEDBACK = 205;
    static final int PAYLOAD_SPECIFIC_FEEDBACK = 206;
    static final int EXTENDED_REPORT = 207;

    static final int VERSION_MASK = 0xC0;
    static final int VERSION_BITS = 0x80;
    static final int PADDING_BIT = 0x20;
    static final int COUNT_MASK = 0x1F;

    static final int TYPE_OFFSET = 1;
    static final int LENGTH_OFFSET = 2;

    private RtcpHeader() {}

    /**
     * The size of the packet at an index by its header, or -1 when it has none of version 2 or does
     * not fit.
     */
    static int packetSizeBytes(ByteBuf datagram, int at, int end) {
        if (end - at < SIZE_BYTES || (datagram.getByte(at) & VERSION_MASK) != VERSION_BITS) {
            return -1;
        }
        int size = 4 * (datagram.getUnsignedShort(at + LENGTH_OFFSET) + 1);
        return size > end - at ? -1 : size;
    }

    /** Appends a header whose length is still open, and returns its index for {@link #end}. */
    static int begin(ByteBuf out, int packetType, int count) {
        int start = out.writerIndex();
        out.writeByte(VERSION_BITS | count);
        out.writeByte(packetType);
        out.writeShort(0);
        return start;
    }

    /** Appends the head of a feedback message, and returns its index for {@link #end}. */
    static int beginFeedback(
            ByteBuf out, int packetType, int format, long senderSsrc, long mediaSsrc) {
        int start = begin(out, packetType, format);
        out.writeInt((int) senderSsrc);
        out.writeInt((int) mediaSsrc);
        return start;
    }

    /** Fills the packet with zeros to a whole word and writes its length. */
    static void end(ByteBuf out, int start) {
        out.writeZero(-(out.writerIndex() - start) & 3);
        out.setShort(start + LENGTH_OFFSET, (out.writerIndex() - start) / 4 - 1);
    }

    /** The size with the zeros that {@link #end} adds. */
    static int wholeWords(int sizeBytes) {
        return (sizeBytes + 3) & ~3;
    }

    /** Refuses a list that the five bits of RC cannot count. */
    static void requireCountable(int count, String what) {
        if (count > MAX_COUNT) {
            throw new IllegalArgumentException(
                    count + " " + what + " in one packet; at most " + MAX_COUNT + " fit");
        }
    }
}
