package dev.sluice.video.payload.vp9;

import static dev.sluice.video.payload.vp9.Vp9PayloadDescriptor.ABSENT;

import dev.sluice.video.payload.PictureIdLength;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Writes the payload descriptors of one layer frame; the layout is at {@link Vp9PayloadDescriptor}.
 *
 * @param frame what is told of the frame; its bytes do not count here
 * @param length the length of the picture id
 * @param pictureId the number of the picture, of which the bits that have room count
 * @param flexible whether references are named packet by packet (F); needs a picture id
 * @param tl0PictureIndex the running index of base layer pictures, of which the low 8 bits count;
 *     with layers in non-flexible mode, and {@link Vp9PayloadDescriptor#ABSENT} otherwise
 */
public record Vp9DescriptorWriter(
        Vp9LayerFrame frame,
        PictureIdLength length,
        int pictureId,
        boolean flexible,
        int tl0PictureIndex) {

    public Vp9DescriptorWriter {
        if (flexible && length == PictureIdLength.NONE) {
            throw new IllegalArgumentException("flexible mode without picture ids");
        }
        boolean needsReferences = flexible && frame.interPicturePredicted();
        if (needsReferences == frame.pictureDifferences().isEmpty()) {
            throw new IllegalArgumentException(
                    "%d references of a frame, flexible: %b, predicted: %b"
                            .formatted(
                                    frame.pictureDifferences().size(),
                                    flexible,
                                    frame.interPicturePredicted()));
        }
        boolean needsTl0 = !flexible && frame.layer() != null;
        if (needsTl0 != (tl0PictureIndex != ABSENT)) {
            throw new IllegalArgumentException(
                    "TL0PICIDX %d, flexible: %b, layers: %b"
                            .formatted(tl0PictureIndex, flexible, frame.layer() != null));
        }
    }

    /** The bytes of a descriptor without a scalability structure. */
    public int sizeBytes() {
        int layerBytes = frame.layer() == null ? 0 : flexible ? 1 : 2;
        return 1 + length.sizeBytes() + layerBytes + frame.pictureDifferences().size();
    }

    /**
     * Appends a descriptor.
     *
     * @param startsFrame whether the payload is the first of its layer frame (B)
     * @param endsFrame whether the payload is the last of its layer frame (E)
     * @param scalability the layers of the stream, or null where they are not told (V)
     */
    public void write(
            ByteBuf out,
            boolean startsFrame,
            boolean endsFrame,
            @Nullable Vp9Scalability scalability) {
        int flags = frameFlags();
        flags |= startsFrame ? Vp9PayloadDescriptor.START_OF_FRAME : 0;
        flags |= endsFrame ? Vp9PayloadDescriptor.END_OF_FRAME : 0;
        flags |= scalability == null ? 0 : Vp9PayloadDescriptor.HAS_SCALABILITY_STRUCTURE;
        out.writeByte(flags);
        length.write(out, pictureId);
        writeLayer(out);
        writeReferences(out);
        if (scalability != null) {
            scalability.write(out);
        }
    }

    private int frameFlags() {
        int flags = length == PictureIdLength.NONE ? 0 : Vp9PayloadDescriptor.HAS_PICTURE_ID;
        flags |= frame.interPicturePredicted() ? Vp9PayloadDescriptor.INTER_PICTURE_PREDICTED : 0;
        flags |= frame.layer() == null ? 0 : Vp9PayloadDescriptor.HAS_LAYER_INDICES;
        flags |= flexible ? Vp9PayloadDescriptor.FLEXIBLE : 0;
        return flags
                | (frame.notReferenceForUpperLayers()
                        ? Vp9PayloadDescriptor.NOT_REFERENCE_FOR_UPPER_LAYERS
                        : 0);
    }

    private void writeLayer(ByteBuf out) {
        Vp9LayerIndices layer = frame.layer();
        if (layer == null) {
            return;
        }
        out.writeByte(layer.toByte());
        if (!flexible) {
            out.writeByte(tl0PictureIndex);
        }
    }

    private void writeReferences(ByteBuf out) {
        List<Integer> differences = frame.pictureDifferences();
        for (int i = 0; i < differences.size(); i++) {
            boolean more = i < differences.size() - 1;
            out.writeByte(
                    differences.get(i) << 1 | (more ? Vp9PayloadDescriptor.MORE_REFERENCES : 0));
        }
    }
}
