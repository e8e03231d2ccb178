package dev.sluice.video.payload.vp8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A flyweight over the VP8 payload descriptor and the start of the VP8 frame, RFC 7741 section 4.2
 * and 4.3.
 *
 * <pre>
 *       0 1 2 3 4 5 6 7
 *      +-+-+-+-+-+-+-+-+
 *      |X|R|N|S|R| PID | (REQUIRED)
 *      +-+-+-+-+-+-+-+-+
 * X:   |I|L|T|K| RSV   | (OPTIONAL)
 *      +-+-+-+-+-+-+-+-+
 * I:   |M| PictureID   | (OPTIONAL)
 *      +-+-+-+-+-+-+-+-+
 *      |   PictureID   | (M = 1)
 *      +-+-+-+-+-+-+-+-+
 * L:   |   TL0PICIDX   | (OPTIONAL)
 *      +-+-+-+-+-+-+-+-+
 * T/K: |TID|Y| KEYIDX  | (OPTIONAL)
 *      +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * The buffer is borrowed from {@link #wrap} until the next one. All accessors need a successful
 * {@link #wrap}.
 */
public final class Vp8PayloadDescriptor {

    /** The value of a field that the descriptor does not carry. */
    public static final int ABSENT = -1;

    private static final int EXTENDED = 0x80;
    private static final int NON_REFERENCE = 0x20;
    private static final int START_OF_PARTITION = 0x10;
    private static final int PARTITION_MASK = 0x07;

    private static final int HAS_PICTURE_ID = 0x80;
    private static final int HAS_TL0_PICTURE_INDEX = 0x40;
    private static final int HAS_TEMPORAL_LAYER = 0x20;
    private static final int HAS_KEY_INDEX = 0x10;

    private static final int WIDE_PICTURE_ID = 0x80;
    private static final int LAYER_SYNC = 0x20;

    /** The P bit of the frame tag, RFC 6386 section 9.1: 0 in a key frame. */
    private static final int INTER_FRAME = 0x01;

    private static final int START_CODE_OFFSET = 3;
    private static final int START_CODE = 0x9d012a;
    private static final int WIDTH_OFFSET = 6;
    private static final int HEIGHT_OFFSET = 8;
    private static final int KEY_FRAME_HEADER_BYTES = 10;
    private static final int DIMENSION_MASK = 0x3fff;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int end;
    private int first;
    private int pictureId;
    private int pictureIdIndex;
    private boolean widePictureId;
    private int tl0PictureIndex;
    private int layerByte;
    private boolean hasTemporalLayer;
    private boolean hasKeyIndex;
    private int frameIndex;

    /**
     * Reads the descriptor of an RTP payload of {@code lengthBytes} bytes at the absolute {@code
     * index}.
     *
     * @return false if the payload ends inside its descriptor or has no VP8 byte after it
     */
    public boolean wrap(ByteBuf payload, int index, int lengthBytes) {
        buffer = payload;
        end = index + lengthBytes;
        if (lengthBytes < 1) {
            return false;
        }
        first = payload.getByte(index);
        frameIndex = readExtension(index + 1);
        return frameIndex < end;
    }

    /** Whether no other frame refers to this one (N). */
    public boolean nonReference() {
        return (first & NON_REFERENCE) != 0;
    }

    /** Whether the payload starts a VP8 partition (S). */
    public boolean startsPartition() {
        return (first & START_OF_PARTITION) != 0;
    }

    /** The partition index (PID), 0 to 7. */
    public int partitionIndex() {
        return first & PARTITION_MASK;
    }

    /** Whether the payload is the first of its frame. */
    public boolean startsFrame() {
        return startsPartition() && partitionIndex() == 0;
    }

    /** The picture id, 7 or 15 bits, or {@link #ABSENT}. */
    public int pictureId() {
        return pictureId;
    }

    /** The absolute buffer index of the picture id, or {@link #ABSENT}. */
    public int pictureIdIndex() {
        return pictureIdIndex;
    }

    /** Whether the picture id has 15 bits (M); false when there is none. */
    public boolean widePictureId() {
        return widePictureId;
    }

    /** The running index of base layer frames (TL0PICIDX), 0 to 255, or {@link #ABSENT}. */
    public int tl0PictureIndex() {
        return tl0PictureIndex;
    }

    /** The temporal layer (TID), 0 to 3, or {@link #ABSENT}. */
    public int temporalLayer() {
        return hasTemporalLayer ? layerByte >> 6 & 0x03 : ABSENT;
    }

    /** Whether a receiver may move up to this temporal layer here (Y). */
    public boolean layerSync() {
        return hasTemporalLayer && (layerByte & LAYER_SYNC) != 0;
    }

    /** The key frame index (KEYIDX), 0 to 31, or {@link #ABSENT}. */
    public int keyIndex() {
        return hasKeyIndex ? layerByte & 0x1f : ABSENT;
    }

    /** The absolute buffer index of the first VP8 byte after the descriptor. */
    public int frameIndex() {
        return frameIndex;
    }

    /** Whether the payload is the first of a key frame. */
    public boolean startsKeyFrame() {
        return startsFrame() && (buffer.getByte(frameIndex) & INTER_FRAME) == 0;
    }

    /** The width in pixels of the key frame that starts here, or 0 where it is not told. */
    public int width() {
        return dimension(WIDTH_OFFSET);
    }

    /** The height in pixels of the key frame that starts here, or 0 where it is not told. */
    public int height() {
        return dimension(HEIGHT_OFFSET);
    }

    private int dimension(int offset) {
        boolean told =
                startsKeyFrame()
                        && end - frameIndex >= KEY_FRAME_HEADER_BYTES
                        && buffer.getUnsignedMedium(frameIndex + START_CODE_OFFSET) == START_CODE;
        return told ? buffer.getUnsignedShortLE(frameIndex + offset) & DIMENSION_MASK : 0;
    }

    /**
     * Returns the index after the optional fields; at or past {@link #end} if the payload is too
     * short.
     */
    private int readExtension(int index) {
        pictureId = ABSENT;
        pictureIdIndex = ABSENT;
        widePictureId = false;
        tl0PictureIndex = ABSENT;
        layerByte = 0;
        hasTemporalLayer = false;
        hasKeyIndex = false;
        if ((first & EXTENDED) == 0) {
            return index;
        }
        if (index >= end) {
            return end;
        }
        int flags = buffer.getByte(index);
        int afterPictureId = readPictureId(index + 1, flags);
        int afterTl0 = readTl0PictureIndex(afterPictureId, flags);
        return readLayerByte(afterTl0, flags);
    }

    private int readPictureId(int index, int flags) {
        if ((flags & HAS_PICTURE_ID) == 0) {
            return index;
        }
        if (index >= end) {
            return end;
        }
        boolean wide = (buffer.getByte(index) & WIDE_PICTURE_ID) != 0;
        if (wide && index + 1 >= end) {
            return end;
        }
        pictureIdIndex = index;
        widePictureId = wide;
        pictureId = wide ? buffer.getUnsignedShort(index) & 0x7fff : buffer.getByte(index);
        return index + (wide ? 2 : 1);
    }

    private int readTl0PictureIndex(int index, int flags) {
        if ((flags & HAS_TL0_PICTURE_INDEX) == 0) {
            return index;
        }
        if (index >= end) {
            return end;
        }
        tl0PictureIndex = buffer.getUnsignedByte(index);
        return index + 1;
    }

    private int readLayerByte(int index, int flags) {
        if ((flags & (HAS_TEMPORAL_LAYER | HAS_KEY_INDEX)) == 0) {
            return index;
        }
        if (index >= end) {
            return end;
        }
        layerByte = buffer.getByte(index);
        hasTemporalLayer = (flags & HAS_TEMPORAL_LAYER) != 0;
        hasKeyIndex = (flags & HAS_KEY_INDEX) != 0;
        return index + 1;
    }
}
