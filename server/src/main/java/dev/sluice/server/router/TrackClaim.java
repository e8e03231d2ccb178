package dev.sluice.server.router;

import java.util.Arrays;

/**
 * What one track of a viewer could be given.
 *
 * @param priority tracks with a higher one are served first
 * @param layerBps what the stream takes up to each layer, in bit/s, from the lowest to the highest;
 *     at least one
 * @param current the layer that the viewer gets now, or {@link #PAUSED}
 * @param ceiling the highest layer that the viewer wants, 0 to the last
 * @param isAwaited whether a key frame has yet to come: nothing is sent before that
 */
record TrackClaim(int priority, long[] layerBps, int current, int ceiling, boolean isAwaited) {

    /** No layer at all. */
    static final int PAUSED = -1;

    /** Sound comes before every picture. */
    static final int AUDIO_PRIORITY = 1_000;

    TrackClaim {
        if (ceiling < 0 || ceiling >= layerBps.length) {
            throw new IllegalArgumentException(
                    "Ceiling is %d, expected 0 to %d".formatted(ceiling, layerBps.length - 1));
        }
    }

    /** The bit/s up to a layer; 0 when paused. */
    long bps(int layer) {
        return layer == PAUSED ? 0 : layerBps[layer];
    }

    /** What the track takes at its best. */
    long wantedBps() {
        return layerBps[ceiling];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrackClaim claim
                && claim.priority == priority
                && claim.current == current
                && claim.ceiling == ceiling
                && claim.isAwaited == isAwaited
                && Arrays.equals(claim.layerBps, layerBps);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(layerBps) + 31 * (priority + 31 * (current + 31 * ceiling));
    }

    @Override
    public String toString() {
        return "TrackClaim[priority=%d, layerBps=%s, current=%d, ceiling=%d, isAwaited=%b]"
                .formatted(priority, Arrays.toString(layerBps), current, ceiling, isAwaited);
    }
}
