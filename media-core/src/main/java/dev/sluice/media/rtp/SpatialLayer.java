package dev.sluice.media.rtp;

import java.util.List;

/**
 * One active layer of a {@link VideoLayersAllocation}.
 *
 * @param streamIndex of the RTP stream that carries it, 0 to 3
 * @param spatialId 0 to 3
 * @param targetBitratesKbps what it takes to receive each temporal layer, 1 to 4 of them, with all
 *     layers that it depends on
 * @param width in pixels, 1 to 65536; 0 where the allocation has no resolutions
 * @param height the same
 * @param maxFramesPerSecond 0 to 255
 */
public record SpatialLayer(
        int streamIndex,
        int spatialId,
        List<Integer> targetBitratesKbps,
        int width,
        int height,
        int maxFramesPerSecond) {

    static final int MAX_PIXELS = 0x10000;
    static final int MAX_FRAMES_PER_SECOND = 0xFF;
    static final int MAX_TEMPORAL_LAYERS = 4;

    public SpatialLayer {
        targetBitratesKbps = List.copyOf(targetBitratesKbps);
        require(streamIndex, 0, VideoLayersAllocation.MAX_STREAMS - 1, "streamIndex");
        require(spatialId, 0, VideoLayersAllocation.MAX_SPATIAL_LAYERS - 1, "spatialId");
        require(targetBitratesKbps.size(), 1, MAX_TEMPORAL_LAYERS, "number of temporal layers");
        for (int kbps : targetBitratesKbps) {
            require(kbps, 0, VideoLayersAllocation.MAX_BITRATE_KBPS, "bitrate in kbit/s");
        }
        require(width, 0, MAX_PIXELS, "width");
        require(height, 0, MAX_PIXELS, "height");
        require(maxFramesPerSecond, 0, MAX_FRAMES_PER_SECOND, "maxFramesPerSecond");
    }

    /** A layer of an allocation without resolutions. */
    public SpatialLayer(int streamIndex, int spatialId, List<Integer> targetBitratesKbps) {
        this(streamIndex, spatialId, targetBitratesKbps, 0, 0, 0);
    }

    static void require(int value, int min, int max, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "The %s is %d, not %d to %d".formatted(name, value, min, max));
        }
    }

    /** The place in the order of the wire. */
    int position() {
        return streamIndex * VideoLayersAllocation.MAX_SPATIAL_LAYERS + spatialId;
    }
}
