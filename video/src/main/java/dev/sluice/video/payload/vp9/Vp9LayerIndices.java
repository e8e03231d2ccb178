package dev.sluice.video.payload.vp9;

/**
 * The place of a frame among the layers: the L octet of RFC 9628 section 4.2.
 *
 * @param temporalLayer the temporal layer (TID), 0 to 7
 * @param switchingUpPoint whether a receiver may move up to the temporal layer here (U)
 * @param spatialLayer the spatial layer (SID), 0 to 7
 * @param interLayerPredicted whether the frame is predicted from the spatial layer below (D)
 */
public record Vp9LayerIndices(
        int temporalLayer,
        boolean switchingUpPoint,
        int spatialLayer,
        boolean interLayerPredicted) {

    private static final int HIGHEST = 7;

    public Vp9LayerIndices {
        requireLayer("temporal layer", temporalLayer);
        requireLayer("spatial layer", spatialLayer);
        if (interLayerPredicted && spatialLayer == 0) {
            throw new IllegalArgumentException("the lowest spatial layer predicted from below it");
        }
    }

    int toByte() {
        int bits = temporalLayer << 5 | spatialLayer << 1;
        bits |= switchingUpPoint ? Vp9PayloadDescriptor.SWITCHING_UP_POINT : 0;
        return bits | (interLayerPredicted ? Vp9PayloadDescriptor.INTER_LAYER_DEPENDENCY : 0);
    }

    private static void requireLayer(String what, int layer) {
        if (layer < 0 || layer > HIGHEST) {
            throw new IllegalArgumentException(
                    "%s %d, expected 0 to %d".formatted(what, layer, HIGHEST));
        }
    }
}
