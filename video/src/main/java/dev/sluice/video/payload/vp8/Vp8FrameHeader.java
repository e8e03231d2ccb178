package dev.sluice.video.payload.vp8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A flyweight over the uncompressed start of a VP8 frame, RFC 6386 section 9.1 and RFC 7741 section
 * 4.3.
 *
 * <pre>
 *       0 1 2 3 4 5 6 7
 *      +-+-+-+-+-+-+-+-+
 *      |Size0|H| VER |P|
 *      +-+-+-+-+-+-+-+-+
 *      |     Size1     |
 *      +-+-+-+-+-+-+-+-+
 *      |     Size2     |
 *      +-+-+-+-+-+-+-+-+
 *      |   9d 01 2a    | (3 bytes, P = 0)
 *      +-+-+-+-+-+-+-+-+
 *      | width, scale  | (2 bytes, little-endian: 14 bits, 2 bits; P = 0)
 *      +-+-+-+-+-+-+-+-+
 *      | height, scale | (likewise)
 *      +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * The buffer is borrowed from {@link #wrap} until the next one. All accessors need a successful
 * {@link #wrap}.
 */
public final class Vp8FrameHeader {

    private static final int TAG_BYTES = 3;
    private static final int INTER_FRAME = 0x01;
    private static final int SHOWN = 0x10;
    private static final int START_CODE_OFFSET = 3;
    private static final int START_CODE = 0x9d012a;
    private static final int WIDTH_OFFSET = 6;
    private static final int HEIGHT_OFFSET = 8;
    private static final int KEY_FRAME_HEADER_BYTES = 10;
    private static final int DIMENSION_MASK = 0x3fff;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int start;
    private int tag;

    /**
     * Reads the header of a frame whose first {@code lengthBytes} bytes are at the absolute {@code
     * index}.
     *
     * @return false if the header is cut off, or if a key frame has no start code
     */
    public boolean wrap(ByteBuf frame, int index, int lengthBytes) {
        buffer = frame;
        start = index;
        if (lengthBytes < TAG_BYTES) {
            return false;
        }
        tag = frame.getUnsignedMediumLE(index);
        return !keyFrame() || startsAsKeyFrame(frame, index, lengthBytes);
    }

    /** Whether the frame needs no other one (P is 0). */
    public boolean keyFrame() {
        return (tag & INTER_FRAME) == 0;
    }

    /** The bitstream version (VER), 0 to 7, of which 0 to 3 are defined. */
    public int version() {
        return tag >> 1 & 0x07;
    }

    /** Whether the frame is meant to be shown (H). */
    public boolean shown() {
        return (tag & SHOWN) != 0;
    }

    /** The bytes of the first partition, after this header: 19 bits. */
    public int firstPartitionSizeBytes() {
        return tag >> 5;
    }

    /** The width in pixels, 14 bits; 0 where the frame is no key frame. */
    public int width() {
        return dimension(WIDTH_OFFSET) & DIMENSION_MASK;
    }

    /** The height in pixels, 14 bits; 0 where the frame is no key frame. */
    public int height() {
        return dimension(HEIGHT_OFFSET) & DIMENSION_MASK;
    }

    /** The factor to show the width by: 0 to 3 for 1, 5/4, 5/3, 2. */
    public int horizontalScale() {
        return dimension(WIDTH_OFFSET) >> 14;
    }

    /** The factor to show the height by, as {@link #horizontalScale}. */
    public int verticalScale() {
        return dimension(HEIGHT_OFFSET) >> 14;
    }

    private static boolean startsAsKeyFrame(ByteBuf frame, int index, int lengthBytes) {
        return lengthBytes >= KEY_FRAME_HEADER_BYTES
                && frame.getUnsignedMedium(index + START_CODE_OFFSET) == START_CODE;
    }

    private int dimension(int offset) {
        return keyFrame() ? buffer.getUnsignedShortLE(start + offset) : 0;
    }
}
