package dev.sluice.server.router;

import dev.sluice.server.session.IncomingStream;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Says which simulcast layer all viewers get: the one with the highest bitrate that is alive. A
 * change needs a clear and lasting difference, so that layers do not flap.
 */
final class LayerChoice {

    private static final long WINDOW_NANOS = 1_000_000_000L;

    /** Windows in a row in which another layer must be ahead. */
    private static final int WINDOWS_AHEAD = 2;

    private static final class Layer {
        final IncomingStream stream;
        long windowBytes;
        long lastWindowBytes;

        Layer(IncomingStream stream) {
            this.stream = stream;
        }
    }

    private final List<Layer> layers = new ArrayList<>();
    private @Nullable Layer chosen;
    private @Nullable Layer rival;
    private int windowsAhead;
    private long windowEndNanos;

    /** The layer to forward; null before the first packet. */
    @Nullable IncomingStream chosen() {
        return chosen == null ? null : chosen.stream;
    }

    /**
     * Counts a packet of a layer.
     *
     * @return whether the choice changed
     */
    boolean onPacket(IncomingStream stream, int sizeBytes, long nowNanos) {
        layer(stream).windowBytes += sizeBytes;
        if (chosen == null) {
            chosen = layer(stream);
            windowEndNanos = nowNanos + WINDOW_NANOS;
            return true;
        }
        return nowNanos - windowEndNanos >= 0 && layers.size() > 1 && closeWindow(nowNanos);
    }

    private boolean closeWindow(long nowNanos) {
        windowEndNanos = nowNanos + WINDOW_NANOS;
        Layer best = layers.getFirst();
        for (Layer layer : layers) {
            layer.lastWindowBytes = layer.windowBytes;
            layer.windowBytes = 0;
            best = layer.lastWindowBytes > best.lastWindowBytes ? layer : best;
        }
        return isDue(best) && choose(best);
    }

    private boolean isDue(Layer best) {
        Layer current = java.util.Objects.requireNonNull(chosen);
        if (best == current) {
            rival = null;
            windowsAhead = 0;
            return false;
        }
        windowsAhead = best == rival ? windowsAhead + 1 : 1;
        rival = best;
        boolean currentIsSilent = current.lastWindowBytes == 0;
        boolean clearlyAhead = 2 * best.lastWindowBytes > 3 * current.lastWindowBytes;
        return currentIsSilent || (clearlyAhead && windowsAhead >= WINDOWS_AHEAD);
    }

    private boolean choose(Layer layer) {
        chosen = layer;
        rival = null;
        windowsAhead = 0;
        return true;
    }

    private Layer layer(IncomingStream stream) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).stream == stream) {
                return layers.get(i);
            }
        }
        Layer added = new Layer(stream);
        layers.add(added);
        return added;
    }
}
