package dev.sluice.video.payload.h265;

import io.netty.buffer.ByteBuf;

/**
 * The NAL unit header, H.265 section 7.3.1.2 and RFC 7798 section 1.1.4, and its types: H.265 table
 * 7-1 and RFC 7798 section 4.4.
 *
 * <pre>
 *  0                   1
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |F|   Type    |  LayerId  | TID |
 * +-------------+-----------------+
 * </pre>
 *
 * TID is the temporal layer plus 1, so never 0.
 */
final class H265NalUnitType {

    static final int HEADER_BYTES = 2;

    static final int FIRST_IRAP = 16;

    /** CRA; the two above it are reserved for further intra random access points. */
    static final int LAST_IRAP = 21;

    static final int LAST_SLICE = 31;
    static final int VIDEO_PARAMETER_SET = 32;
    static final int SEQUENCE_PARAMETER_SET = 33;
    static final int PICTURE_PARAMETER_SET = 34;
    static final int ACCESS_UNIT_DELIMITER = 35;
    static final int END_OF_SEQUENCE = 36;
    static final int END_OF_BITSTREAM = 37;
    static final int FILLER = 38;
    static final int SUFFIX_SEI = 40;

    /** The last type that H.265 itself has; above are those of RFC 7798. */
    static final int LAST_SINGLE = 47;

    static final int AGGREGATION = 48;
    static final int FRAGMENTATION = 49;
    static final int PACI = 50;

    private static final int TYPE_MASK = 0x3f;
    private static final int TYPE_BITS_OF_BYTE = 0x7e;
    private static final int TID_MASK = 0x07;

    private H265NalUnitType() {}

    /** The type in a NAL unit header, by its first byte. */
    static int of(int firstByte) {
        return firstByte >> 1 & TYPE_MASK;
    }

    /** The type in an FU header. */
    static int ofFragment(int fragmentHeader) {
        return fragmentHeader & TYPE_MASK;
    }

    /** The first byte of a NAL unit header with another type. */
    static int withType(int firstByte, int type) {
        return (firstByte & ~TYPE_BITS_OF_BYTE) | (type << 1);
    }

    /** Whether a NAL unit of H.265 itself, with a header that is allowed, is there. */
    static boolean isNalUnit(ByteBuf buffer, int index, int lengthBytes) {
        return lengthBytes >= HEADER_BYTES
                && of(buffer.getByte(index)) <= LAST_SINGLE
                && (buffer.getByte(index + 1) & TID_MASK) != 0;
    }

    static boolean isIrap(int type) {
        return type >= FIRST_IRAP && type <= LAST_IRAP;
    }
}
