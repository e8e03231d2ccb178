package dev.sluice.server.router;

/**
 * One layer of a publisher's track.
 *
 * @param encodingId its RID; empty without simulcast
 * @param simulcastIndex its place among the layers as the publisher names them, from 0
 * @param isActive whether packets of it come
 * @param isForwarded whether the viewer gets it
 * @param bitrateBps of the last second
 * @param width in pixels, 0 where it is not known
 * @param height in pixels, 0 where it is not known
 */
public record LayerState(
        String encodingId,
        int simulcastIndex,
        boolean isActive,
        boolean isForwarded,
        long bitrateBps,
        int width,
        int height) {}
