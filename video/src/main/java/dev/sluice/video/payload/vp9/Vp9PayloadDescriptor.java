package dev.sluice.video.payload.vp9;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A flyweight over the VP9 payload descriptor, RFC 9628 section 4.2.
 *
 * <pre>
 *        0 1 2 3 4 5 6 7
 *       +-+-+-+-+-+-+-+-+
 *       |I|P|L|F|B|E|V|Z| (REQUIRED)
 *       +-+-+-+-+-+-+-+-+
 *  I:   |M| PICTURE ID  | (REQUIRED where F = 1)
 *       +-+-+-+-+-+-+-+-+
 *  M:   | EXTENDED PID  | (RECOMMENDED)
 *       +-+-+-+-+-+-+-+-+
 *  L:   | TID |U| SID |D| (CONDITIONALLY RECOMMENDED)
 *       +-+-+-+-+-+-+-+-+
 *       |   TL0PICIDX   | (with L where F = 0)
 *       +-+-+-+-+-+-+-+-+
 *  P,F: | P_DIFF      |N| (with P and F, up to 3 times)
 *       +-+-+-+-+-+-+-+-+
 *  V:   | SS ..         | see {@link Vp9ScalabilityStructure}
 *       +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * The buffer is borrowed from {@link #wrap} until the next one. All accessors need a successful
 * {@link #wrap}.
 */
public final class Vp9PayloadDescriptor {

    /** The value of a field that the descriptor does not carry. */
    public static final int ABSENT = -1;

    private static final int HAS_PICTURE_ID = 0x80;
    private static final int INTER_PICTURE_PREDICTED = 0x40;
    private static final int HAS_LAYER_INDICES = 0x20;
    private static final int FLEXIBLE = 0x10;
    private static final int START_OF_FRAME = 0x08;
    private static final int END_OF_FRAME = 0x04;
    private static final int HAS_SCALABILITY_STRUCTURE = 0x02;
    private static final int NOT_REFERENCE_FOR_UPPER_LAYERS = 0x01;

    private static final int WIDE_PICTURE_ID = 0x80;
    private static final int SWITCHING_UP_POINT = 0x10;
    private static final int INTER_LAYER_DEPENDENCY = 0x01;
    private static final int MORE_REFERENCES = 0x01;

    /** A flexible mode picture names at most this many reference pictures. */
    private static final int MAX_REFERENCES = 3;

    private final Vp9ScalabilityStructure scalability = new Vp9ScalabilityStructure();
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int end;
    private int flags;
    private int pictureId;
    private int pictureIdIndex;
    private boolean widePictureId;
    private int layerByte;
    private int tl0PictureIndex;
    private int frameIndex;

    /**
     * Reads the descriptor of an RTP payload of {@code lengthBytes} bytes at the absolute {@code
     * index}.
     *
     * @return false if the payload ends inside its descriptor, has no VP9 byte after it, or names
     *     too many references
     */
    public boolean wrap(ByteBuf payload, int index, int lengthBytes) {
        buffer = payload;
        end = index + lengthBytes;
        if (lengthBytes < 1) {
            return false;
        }
        flags = payload.getByte(index);
        int afterPictureId = readPictureId(index + 1);
        int afterLayers = readLayerIndices(afterPictureId);
        int afterReferences = skipReferences(afterLayers);
        frameIndex =
                has(HAS_SCALABILITY_STRUCTURE)
                        ? scalability.wrap(payload, afterReferences, end)
                        : afterReferences;
        return frameIndex < end;
    }

    /** Whether the frame is predicted from another picture (P). */
    public boolean interPicturePredicted() {
        return has(INTER_PICTURE_PREDICTED);
    }

    /** Whether references are named packet by packet (F). */
    public boolean flexible() {
        return has(FLEXIBLE);
    }

    /** Whether the payload is the first of its layer frame (B). */
    public boolean startsFrame() {
        return has(START_OF_FRAME);
    }

    /** Whether the payload is the last of its layer frame (E). */
    public boolean endsFrame() {
        return has(END_OF_FRAME);
    }

    /** Whether no higher spatial layer of this picture refers to the frame (Z). */
    public boolean notReferenceForUpperLayers() {
        return has(NOT_REFERENCE_FOR_UPPER_LAYERS);
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

    /** The temporal layer (TID), 0 to 7, or {@link #ABSENT}. */
    public int temporalLayer() {
        return has(HAS_LAYER_INDICES) ? layerByte >> 5 & 0x07 : ABSENT;
    }

    /** The spatial layer (SID), 0 to 7, or {@link #ABSENT}. */
    public int spatialLayer() {
        return has(HAS_LAYER_INDICES) ? layerByte >> 1 & 0x07 : ABSENT;
    }

    /** Whether a receiver may move up to this temporal layer here (U). */
    public boolean switchingUpPoint() {
        return has(HAS_LAYER_INDICES) && (layerByte & SWITCHING_UP_POINT) != 0;
    }

    /** Whether the frame is predicted from the spatial layer below (D). */
    public boolean interLayerPredicted() {
        return has(HAS_LAYER_INDICES) && (layerByte & INTER_LAYER_DEPENDENCY) != 0;
    }

    /** The running index of base layer pictures (TL0PICIDX), 0 to 255, or {@link #ABSENT}. */
    public int tl0PictureIndex() {
        return tl0PictureIndex;
    }

    /** Whether {@link #scalabilityStructure} is there (V). */
    public boolean hasScalabilityStructure() {
        return has(HAS_SCALABILITY_STRUCTURE);
    }

    /** The scalability structure; to be read only where {@link #hasScalabilityStructure}. */
    public Vp9ScalabilityStructure scalabilityStructure() {
        return scalability;
    }

    /** The absolute buffer index of the first VP9 byte after the descriptor. */
    public int frameIndex() {
        return frameIndex;
    }

    /**
     * Whether the descriptor says that the payload is the first of a picture that needs no other
     * one.
     */
    public boolean startsKeyFrame() {
        return startsFrame() && !interPicturePredicted() && spatialLayer() <= 0;
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private int readPictureId(int index) {
        pictureId = ABSENT;
        pictureIdIndex = ABSENT;
        widePictureId = false;
        if (!has(HAS_PICTURE_ID)) {
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

    private int readLayerIndices(int index) {
        layerByte = 0;
        tl0PictureIndex = ABSENT;
        if (!has(HAS_LAYER_INDICES)) {
            return index;
        }
        int sizeBytes = flexible() ? 1 : 2;
        if (index + sizeBytes > end) {
            return end;
        }
        layerByte = buffer.getByte(index);
        tl0PictureIndex = flexible() ? ABSENT : buffer.getUnsignedByte(index + 1);
        return index + sizeBytes;
    }

    /**
     * Returns the index after the P_DIFF fields, or {@link #end} where they are cut off or too
     * many.
     */
    private int skipReferences(int index) {
        if (!interPicturePredicted() || !flexible()) {
            return index;
        }
        for (int i = index; i < Math.min(index + MAX_REFERENCES, end); i++) {
            if ((buffer.getByte(i) & MORE_REFERENCES) == 0) {
                return i + 1;
            }
        }
        return end;
    }
}
