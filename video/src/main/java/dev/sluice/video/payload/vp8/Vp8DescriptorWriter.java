package dev.sluice.video.payload.vp8;

import static dev.sluice.video.payload.vp8.Vp8PayloadDescriptor.ABSENT;

import dev.sluice.video.payload.PictureIdLength;

import io.netty.buffer.ByteBuf;

/**
 * Writes the payload descriptors of one VP8 frame; the layout is at {@link Vp8PayloadDescriptor}.
 *
 * @param info what is told of the frame
 * @param length the length of the picture id
 * @param pictureId the number of the picture, of which the bits that have room count
 * @param tl0PictureIndex the running index of base layer frames, of which the low 8 bits count, or
 *     {@link Vp8PayloadDescriptor#ABSENT}; needs a temporal layer
 */
public record Vp8DescriptorWriter(
        Vp8FrameInfo info, PictureIdLength length, int pictureId, int tl0PictureIndex) {

    public Vp8DescriptorWriter {
        if (tl0PictureIndex != ABSENT && !info.hasTemporalLayer()) {
            throw new IllegalArgumentException(
                    "TL0PICIDX %d without a temporal layer".formatted(tl0PictureIndex));
        }
    }

    /** The bytes of each descriptor, 1 to 6. */
    public int sizeBytes() {
        int extensions = extensions();
        if (extensions == 0) {
            return 1;
        }
        int tl0Bytes = hasTl0() ? 1 : 0;
        int layerBytes = hasLayerByte() ? 1 : 0;
        return 2 + length.sizeBytes() + tl0Bytes + layerBytes;
    }

    /**
     * Appends a descriptor.
     *
     * @param startsPartition whether a partition starts with the payload (S)
     * @param partitionIndex the partition index (PID), 0 to 7
     */
    public void write(ByteBuf out, boolean startsPartition, int partitionIndex) {
        int extensions = extensions();
        int first = startsPartition ? Vp8PayloadDescriptor.START_OF_PARTITION : 0;
        first |= info.nonReference() ? Vp8PayloadDescriptor.NON_REFERENCE : 0;
        first |= extensions == 0 ? 0 : Vp8PayloadDescriptor.EXTENDED;
        out.writeByte(first | (partitionIndex & 0x07));
        if (extensions != 0) {
            out.writeByte(extensions);
            writeExtensions(out);
        }
    }

    private void writeExtensions(ByteBuf out) {
        length.write(out, pictureId);
        if (hasTl0()) {
            out.writeByte(tl0PictureIndex);
        }
        if (hasLayerByte()) {
            out.writeByte(layerByte());
        }
    }

    private int extensions() {
        int flags = length == PictureIdLength.NONE ? 0 : Vp8PayloadDescriptor.HAS_PICTURE_ID;
        flags |= hasTl0() ? Vp8PayloadDescriptor.HAS_TL0_PICTURE_INDEX : 0;
        flags |= info.hasTemporalLayer() ? Vp8PayloadDescriptor.HAS_TEMPORAL_LAYER : 0;
        return flags | (info.hasKeyIndex() ? Vp8PayloadDescriptor.HAS_KEY_INDEX : 0);
    }

    private int layerByte() {
        int layer = info.hasTemporalLayer() ? info.temporalLayer() << 6 : 0;
        layer |= info.layerSync() ? Vp8PayloadDescriptor.LAYER_SYNC : 0;
        return layer | (info.hasKeyIndex() ? info.keyIndex() : 0);
    }

    private boolean hasTl0() {
        return tl0PictureIndex != ABSENT;
    }

    private boolean hasLayerByte() {
        return info.hasTemporalLayer() || info.hasKeyIndex();
    }
}
