package dev.sluice.video.payload.vp9;

import dev.sluice.video.payload.PictureIdField;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.Objects;

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

    static final int HAS_PICTURE_ID = 0x80;
    static final int INTER_PICTURE_PREDICTED = 0x40;
    static final int HAS_LAYER_INDICES = 0x20;
    static final int FLEXIBLE = 0x10;
    static final int START_OF_FRAME = 0x08;
    static final int END_OF_FRAME = 0x04;
    static final int HAS_SCALABILITY_STRUCTURE = 0x02;
    static final int NOT_REFERENCE_FOR_UPPER_LAYERS = 0x01;

    static final int SWITCHING_UP_POINT = 0x10;
    static final int INTER_LAYER_DEPENDENCY = 0x01;
    static final int MORE_REFERENCES = 0x01;

    /** A flexible mode picture names at most this many reference pictures. */
    private static final int MAX_REFERENCES = Vp9Scalability.MAX_REFERENCES;

    private final PictureIdField pictureId = new PictureIdField();
    private final Vp9ScalabilityStructure scalability = new Vp9ScalabilityStructure();
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int start;
    private int end;
    private int flags;
    private int layerByte;
    private int tl0PictureIndex;
    private int tl0Index;
    private int referencesIndex;
    private int references;
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
        start = index;
        end = index + lengthBytes;
        if (lengthBytes < 1) {
            return false;
        }
        flags = payload.getByte(index);
        int afterPictureId = readPictureId(index + 1);
        int afterLayers = readLayerIndices(afterPictureId);
        int afterReferences = readReferences(afterLayers);
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

    /** The pictures that a flexible mode frame says it refers to, 0 to 3. */
    public int references() {
        return references;
    }

    /**
     * How many pictures back a reference is (P_DIFF), 0 to 127.
     *
     * @param number counts from 0, below {@link #references}
     */
    public int pictureDifference(int number) {
        Objects.checkIndex(number, references);
        return buffer.getUnsignedByte(referencesIndex + number) >> 1;
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

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private int readPictureId(int index) {
        pictureId.clear();
        return has(HAS_PICTURE_ID) ? pictureId.wrap(buffer, index, end) : index;
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
        tl0Index = index + 1;
        tl0PictureIndex = flexible() ? ABSENT : buffer.getUnsignedByte(tl0Index);
        return index + sizeBytes;
    }

    /**
     * Returns the index after the P_DIFF fields, or {@link #end} where they are cut off or too
     * many.
     */
    private int readReferences(int index) {
        references = 0;
        referencesIndex = index;
        if (!interPicturePredicted() || !flexible()) {
            return index;
        }
        for (int i = index; i < Math.min(index + MAX_REFERENCES, end); i++) {
            references++;
            if ((buffer.getByte(i) & MORE_REFERENCES) == 0) {
                return i + 1;
            }
        }
        return end;
    }
}
