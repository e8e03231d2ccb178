package dev.sluice.video.payload.vp8;

/**
 * What an encoder tells of one frame beside its bytes, for the payload descriptor of RFC 7741
 * section 4.2.
 *
 * @param nonReference whether no other frame refers to this one (N)
 * @param temporalLayer the temporal layer (TID), 0 to 3, or {@link Vp8PayloadDescriptor#ABSENT}
 * @param layerSync whether only base layer frames are referred to (Y); needs a temporal layer
 * @param keyIndex the number of the key frame (KEYIDX), 0 to 31, or {@link
 *     Vp8PayloadDescriptor#ABSENT}
 */
public record Vp8FrameInfo(
        boolean nonReference, int temporalLayer, boolean layerSync, int keyIndex) {

    private static final int ABSENT = Vp8PayloadDescriptor.ABSENT;

    /** A frame of which nothing is told. */
    public static final Vp8FrameInfo NONE = new Vp8FrameInfo(false, ABSENT, false, ABSENT);

    public Vp8FrameInfo {
        requireWithin("temporal layer", temporalLayer, 3);
        requireWithin("key frame index", keyIndex, 31);
        if (layerSync && temporalLayer == ABSENT) {
            throw new IllegalArgumentException("layer sync without a temporal layer");
        }
    }

    /** A frame of a temporal layer. */
    public static Vp8FrameInfo ofTemporalLayer(int temporalLayer, boolean layerSync) {
        return new Vp8FrameInfo(false, temporalLayer, layerSync, ABSENT);
    }

    boolean hasTemporalLayer() {
        return temporalLayer != ABSENT;
    }

    boolean hasKeyIndex() {
        return keyIndex != ABSENT;
    }

    private static void requireWithin(String what, int value, int highest) {
        if (value < ABSENT || value > highest) {
            throw new IllegalArgumentException(
                    "%s %d, expected 0 to %d, or absent".formatted(what, value, highest));
        }
    }
}
