package dev.sluice.video.payload.vp8;

import dev.sluice.video.payload.PictureIdField;

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

    static final int EXTENDED = 0x80;
    static final int NON_REFERENCE = 0x20;
    static final int START_OF_PARTITION = 0x10;
    private static final int PARTITION_MASK = 0x07;

    static final int HAS_PICTURE_ID = 0x80;
    static final int HAS_TL0_PICTURE_INDEX = 0x40;
    static final int HAS_TEMPORAL_LAYER = 0x20;
    static final int HAS_KEY_INDEX = 0x10;

    static final int LAYER_SYNC = 0x20;

    /** The P bit of the frame tag, RFC 6386 section 9.1: 0 in a key frame. */
    private static final int INTER_FRAME = 0x01;

    private final PictureIdField pictureId = new PictureIdField();
    private final Vp8FrameHeader frameHeader = new Vp8FrameHeader();
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int start;
    private int end;
    private int first;
    private int tl0PictureIndex;
    private int tl0Index;
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
        start = index;
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
        return pictureId.value();
    }

    /** The absolute buffer index of the picture id, or {@link #ABSENT}. */
    public int pictureIdIndex() {
        return pictureId.index();
    }

    /** Whether the picture id has 15 bits (M); false when there is none. */
    public boolean widePictureId() {
        return pictureId.wide();
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
        return tellsSize() ? frameHeader.width() : 0;
    }

    /** The height in pixels of the key frame that starts here, or 0 where it is not told. */
    public int height() {
        return tellsSize() ? frameHeader.height() : 0;
    }

    /**
     * Puts another picture id into the payload, in place: of a 7-bit field's id the low bits count.
     *
     * @throws IllegalStateException if the descriptor has no picture id
     */
    public void rewritePictureId(int newPictureId) {
        pictureId.rewrite(newPictureId);
    }

    /**
     * Puts another TL0PICIDX into the payload, in place: its low 8 bits count.
     *
     * @throws IllegalStateException if the descriptor has none
     */
    public void rewriteTl0PictureIndex(int newTl0PictureIndex) {
        if (tl0PictureIndex == ABSENT) {
            throw new IllegalStateException("the payload descriptor has no TL0PICIDX");
        }
        tl0PictureIndex = newTl0PictureIndex & 0xff;
        buffer.setByte(tl0Index, tl0PictureIndex);
    }

    /**
     * Appends the payload with a picture id of 15 bits, which a 7-bit one makes a byte longer. So
     * one numbering can go on over sources of either length.
     *
     * @throws IllegalStateException if the descriptor has no picture id
     */
    public void copyWithWidePictureId(ByteBuf out, int newPictureId) {
        pictureId.copyWidened(out, start, end, newPictureId);
    }

    private boolean tellsSize() {
        return startsKeyFrame() && frameHeader.wrap(buffer, frameIndex, end - frameIndex);
    }

    /**
     * Returns the index after the optional fields; at or past {@link #end} if the payload is too
     * short.
     */
    private int readExtension(int index) {
        pictureId.clear();
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
        return (flags & HAS_PICTURE_ID) == 0 ? index : pictureId.wrap(buffer, index, end);
    }

    private int readTl0PictureIndex(int index, int flags) {
        if ((flags & HAS_TL0_PICTURE_INDEX) == 0) {
            return index;
        }
        if (index >= end) {
            return end;
        }
        tl0Index = index;
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
