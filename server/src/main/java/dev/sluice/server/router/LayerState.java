package dev.sluice.server.router;

/**
 * One layer of a publisher's track.
 *
 * @param encodingId its RID; empty without simulcast
 * @param simulcastIndex its place among the layers as the publisher names them, from 0
 * @param spatialLayer with all lower ones of its encoding; {@link LayerWish#ANY} where nothing came
 *     yet
 * @param temporalLayer as {@code spatialLayer}
 * @param isActive whether packets of it come
 * @param isForwarded whether it is the one that the viewer gets
 * @param bitrateBps of its encoding up to this layer, in the last second
 * @param width in pixels, 0 where it is not known
 * @param height in pixels, 0 where it is not known
 */
public record LayerState(
        String encodingId,
        int simulcastIndex,
        int spatialLayer,
        int temporalLayer,
        boolean isActive,
        boolean isForwarded,
        long bitrateBps,
        int width,
        int height) {}
