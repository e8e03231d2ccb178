package dev.sluice.server.router;

/**
 * What a viewer wants of one track's layers. Each figure is {@link #ANY} where he leaves it to us,
 * and {@code encodingId} empty.
 *
 * @param encodingId the RID of the simulcast layer to send, if it can be sent
 * @param spatialLayer to send, from 0
 * @param temporalLayer to send, from 0
 * @param maxSpatialLayer the highest one that may be sent
 * @param maxTemporalLayer the highest one that may be sent
 * @param maxWidth the widest picture, in pixels
 * @param maxHeight the highest picture, in pixels
 * @param maxBitrateBps the most that may be spent
 */
public record LayerWish(
        String encodingId,
        int spatialLayer,
        int temporalLayer,
        int maxSpatialLayer,
        int maxTemporalLayer,
        int maxWidth,
        int maxHeight,
        long maxBitrateBps) {

    /** No wish. */
    public static final int ANY = -1;

    /** The choice is ours. */
    public static final LayerWish AUTOMATIC = new LayerWish("", ANY, ANY, ANY, ANY, ANY, ANY, ANY);

    /** Whether a picture of this size may be sent; one whose size is not known (0) may. */
    public boolean allowsSize(int width, int height) {
        return (maxWidth == ANY || width <= maxWidth) && (maxHeight == ANY || height <= maxHeight);
    }

    /** Whether a layer of this bitrate may be sent. */
    public boolean allowsBitrate(long bps) {
        return maxBitrateBps == ANY || bps <= maxBitrateBps;
    }
}
