package dev.sluice.server.router;

import java.util.ArrayList;
import java.util.List;

/** The layers of a published track as viewers choose among them. Not asked for each packet. */
final class LayerLadder {

    /** What is measured of layers moves on by this. */
    private static final long STALE_NANOS = 100_000_000L;

    private final StreamOrder order;
    private List<TrackLayer> worthwhile = List.of();
    private long madeNanos;
    private int madeOfStreams;

    /**
     * @param order of the track's streams
     */
    LayerLadder(StreamOrder order) {
        this.order = order;
    }

    /** All layers that were ever seen, from the lowest quality to the highest. */
    List<TrackLayer> all(long nowNanos) {
        List<TrackLayer> layers = new ArrayList<>();
        for (PublishedStream stream : order.ordered()) {
            for (int s = 0; s < stream.rates().spatialLayers(); s++) {
                for (int t = 0; t < stream.rates().temporalLayers(); t++) {
                    layers.add(layer(layers.size(), stream, s, t, nowNanos));
                }
            }
        }
        return layers;
    }

    private static TrackLayer layer(
            int index, PublishedStream stream, int spatialId, int temporalId, long nowNanos) {
        return new TrackLayer(
                index,
                stream,
                spatialId,
                temporalId,
                stream.rates().bps(spatialId, temporalId, nowNanos),
                stream.width(spatialId),
                stream.height(spatialId),
                stream.rates().framesPerSecond(temporalId, nowNanos),
                stream.isAlive(nowNanos)
                        && stream.rates().isAlive(spatialId, temporalId, nowNanos));
    }

    /**
     * The layers worth choosing among, from the lowest to the highest: those that are alive, each
     * of which takes more than all before it. One list serves all viewers for a tenth of a second.
     */
    List<TrackLayer> worthwhile(long nowNanos) {
        int streams = order.alive(nowNanos);
        boolean isStale = nowNanos - madeNanos >= STALE_NANOS || streams != madeOfStreams;
        if (isStale) {
            madeNanos = nowNanos;
            madeOfStreams = streams;
            worthwhile = climb(all(nowNanos));
        }
        return worthwhile;
    }

    private static List<TrackLayer> climb(List<TrackLayer> layers) {
        List<TrackLayer> ladder = new ArrayList<>();
        long mostBps = -1;
        for (TrackLayer layer : layers) {
            if (layer.alive() && layer.bps() > mostBps) {
                mostBps = layer.bps();
                ladder.add(layer.at(ladder.size()));
            }
        }
        return List.copyOf(ladder);
    }
}
