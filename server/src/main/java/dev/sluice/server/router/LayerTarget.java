package dev.sluice.server.router;

import dev.sluice.video.layer.LayerSelector;

import org.jspecify.annotations.Nullable;

/** What a viewer is given of a track: the best there is, a certain layer, or nothing. */
final class LayerTarget {

    private boolean paused;

    /** Null for the best there is. */
    private @Nullable TrackLayer layer;

    void best() {
        paused = false;
        layer = null;
    }

    void layer(TrackLayer wanted) {
        paused = false;
        layer = wanted;
    }

    void nothing() {
        paused = true;
        layer = null;
    }

    boolean isNothing() {
        return paused;
    }

    /** Whether something was chosen, be it nothing. */
    boolean isChosen() {
        return paused || layer != null;
    }

    /** The stream to get: in place of one that is not sent now, the next best that is. */
    @Nullable PublishedStream stream(PublishedTrack track, long nowNanos) {
        TrackLayer wanted = layer;
        StreamOrder order = track.order();
        if (paused) {
            return null;
        }
        if (wanted == null) {
            return order.best(nowNanos);
        }
        if (wanted.stream().isAlive(nowNanos)) {
            return wanted.stream();
        }
        PublishedStream lower = order.bestUpTo(order.rank(wanted.stream()), nowNanos);
        return lower == null ? order.best(nowNanos) : lower;
    }

    /** The highest spatial layer to get of a stream. */
    int spatialId(PublishedStream stream) {
        TrackLayer wanted = layer;
        return wanted == null || wanted.stream() != stream ? LayerSelector.TOP : wanted.spatialId();
    }

    /** The highest temporal layer to get of a stream. */
    int temporalId(PublishedStream stream) {
        TrackLayer wanted = layer;
        return wanted == null || wanted.stream() != stream
                ? LayerSelector.TOP
                : wanted.temporalId();
    }
}
