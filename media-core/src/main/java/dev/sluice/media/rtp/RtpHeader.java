package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

/**
 * The format of an RTP packet's fixed header and of the CSRCs behind it, RFC 3550 section 5.1, for
 * {@link RtpPacket} and {@link RtpHeaderWriter}.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                           timestamp                           |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |           synchronization source (SSRC) identifier            |
 *   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *   |            contributing source (CSRC) identifiers             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class RtpHeader {

    static final int TYPE_OFFSET = 1;
    static final int SEQUENCE_OFFSET = 2;
    static final int TIMESTAMP_OFFSET = 4;
    static final int SSRC_OFFSET = 8;
    static final int CSRC_OFFSET = 12;

    /** In the first byte. */
    static final int PADDING_BIT = 0x20;

    /** In the first byte. */
    static final int EXTENSION_BIT = 0x10;

    /** In the byte of the payload type. */
    static final int MARKER_BIT = 0x80;

    static final int TYPE_MASK = 0x7F;

    private static final int VERSION_BITS = 0x80;
    private static final int VERSION_MASK = 0xC0;
    private static final int CSRC_COUNT_MASK = 0x0F;

    private RtpHeader() {}

    /** Whether the first byte is one of this version. */
    static boolean hasVersion(int firstByte) {
        return (firstByte & VERSION_MASK) == VERSION_BITS;
    }

    /** 0 to 15, by the first byte. */
    static int csrcCount(int firstByte) {
        return firstByte & CSRC_COUNT_MASK;
    }

    /** Of fixed header and CSRCs, by the first byte. */
    static int sizeBytes(int firstByte) {
        return CSRC_OFFSET + 4 * csrcCount(firstByte);
    }

    /** Appends a fixed header without flags and CSRCs. */
    static void write(
            ByteBuf out,
            int payloadType,
            boolean marker,
            int sequenceNumber,
            long timestamp,
            long ssrc) {
        int type = payloadType & TYPE_MASK;
        out.writeByte(VERSION_BITS);
        out.writeByte(marker ? MARKER_BIT | type : type);
        out.writeShort(sequenceNumber);
        out.writeInt((int) timestamp);
        out.writeInt((int) ssrc);
    }

    /** Sets or clears a bit of the first byte in the header at {@code start}. */
    static void flag(ByteBuf buffer, int start, int bit, boolean isSet) {
        int first = buffer.getByte(start);
        buffer.setByte(start, isSet ? first | bit : first & ~bit);
    }
}
