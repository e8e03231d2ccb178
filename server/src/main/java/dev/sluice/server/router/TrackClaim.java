package dev.sluice.server.router;

import java.util.Arrays;

/**
 * What one track of a viewer could be given: the layers that he wants and that there are.
 *
 * @param priority tracks with a higher one are served first
 * @param layerBps what the stream takes up to each layer, in bit/s, from the lowest to the highest;
 *     at least one
 * @param current the layer that the viewer gets now, or {@link #PAUSED}
 * @param isAwaited whether a key frame has yet to come: nothing is sent before that
 */
record TrackClaim(int priority, long[] layerBps, int current, boolean isAwaited) {

    /** No layer at all. */
    static final int PAUSED = -1;

    /** Sound comes before every picture. */
    static final int AUDIO_PRIORITY = 1_000;

    TrackClaim {
        if (layerBps.length == 0) {
            throw new IllegalArgumentException("A track has no layers, expected at least one");
        }
    }

    /** The bit/s up to a layer; 0 when paused. */
    long bps(int layer) {
        return layer == PAUSED ? 0 : layerBps[layer];
    }

    /** The highest layer. */
    int top() {
        return layerBps.length - 1;
    }

    /** What the track takes at its best. */
    long wantedBps() {
        return layerBps[top()];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrackClaim claim
                && claim.priority == priority
                && claim.current == current
                && claim.isAwaited == isAwaited
                && Arrays.equals(claim.layerBps, layerBps);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(layerBps) + 31 * (priority + 31 * current);
    }

    @Override
    public String toString() {
        return "TrackClaim[priority=%d, layerBps=%s, current=%d, isAwaited=%b]"
                .formatted(priority, Arrays.toString(layerBps), current, isAwaited);
    }
}
