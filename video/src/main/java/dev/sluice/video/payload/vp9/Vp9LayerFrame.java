package dev.sluice.video.payload.vp9;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One coded frame of a picture: the picture at the size of one spatial layer, with what the encoder
 * tells of it.
 *
 * @param frame the readable bytes of the frame; borrowed
 * @param layer its place among the layers, or null in a stream without layers
 * @param interPicturePredicted whether it is predicted from another picture (P)
 * @param notReferenceForUpperLayers whether no higher spatial layer of the picture refers to it (Z)
 * @param pictureDifferences how many pictures back each of its references is (P_DIFF), 1 to 3
 *     numbers of 1 to 127 where a flexible mode frame is inter-picture predicted, empty otherwise
 */
public record Vp9LayerFrame(
        ByteBuf frame,
        @Nullable Vp9LayerIndices layer,
        boolean interPicturePredicted,
        boolean notReferenceForUpperLayers,
        List<Integer> pictureDifferences) {

    private static final int MAX_DIFFERENCE = 127;

    public Vp9LayerFrame {
        if (pictureDifferences.size() > Vp9Scalability.MAX_REFERENCES
                || (!pictureDifferences.isEmpty() && !interPicturePredicted)) {
            throw new IllegalArgumentException(
                    "%d references, expected at most 3, and none without prediction"
                            .formatted(pictureDifferences.size()));
        }
        for (int difference : pictureDifferences) {
            if (difference < 1 || difference > MAX_DIFFERENCE) {
                throw new IllegalArgumentException(
                        "P_DIFF %d, expected 1 to %d".formatted(difference, MAX_DIFFERENCE));
            }
        }
        pictureDifferences = List.copyOf(pictureDifferences);
    }

    /** A frame of a stream in non-flexible mode. */
    public static Vp9LayerFrame of(
            ByteBuf frame, Vp9LayerIndices layer, boolean interPicturePredicted) {
        return new Vp9LayerFrame(frame, layer, interPicturePredicted, false, List.of());
    }

    /** The temporal layer, or {@link Vp9PayloadDescriptor#ABSENT}. */
    int temporalLayer() {
        return layer == null ? Vp9PayloadDescriptor.ABSENT : layer.temporalLayer();
    }

    /** The spatial layer, 0 in a stream without layers. */
    int spatialLayer() {
        return layer == null ? 0 : layer.spatialLayer();
    }
}
