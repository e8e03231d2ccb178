package dev.sluice.server.signal;

import dev.sluice.server.router.LayerWish;

import org.jspecify.annotations.Nullable;

import java.util.function.ToLongFunction;

/** The figures of a layer wish as they are called in JSON and in queries, with what is accepted. */
enum WishFigure {
    SPATIAL_LAYER("spatialLayerId", 0, 7, LayerWish::spatialLayer),
    TEMPORAL_LAYER("temporalLayerId", 0, 7, LayerWish::temporalLayer),
    MAX_SPATIAL_LAYER("maxSpatialLayerId", 0, 7, LayerWish::maxSpatialLayer),
    MAX_TEMPORAL_LAYER("maxTemporalLayerId", 0, 7, LayerWish::maxTemporalLayer),
    MAX_WIDTH("maxWidth", 1, 65_535, LayerWish::maxWidth),
    MAX_HEIGHT("maxHeight", 1, 65_535, LayerWish::maxHeight),
    /** In bit/s; not in the draft. */
    MAX_BITRATE("maxBitrate", 1_000, 10_000_000_000L, LayerWish::maxBitrateBps);

    private final String member;
    private final long min;
    private final long max;
    private final ToLongFunction<LayerWish> figure;

    WishFigure(String member, long min, long max, ToLongFunction<LayerWish> figure) {
        this.member = member;
        this.min = min;
        this.max = max;
        this.figure = figure;
    }

    static @Nullable WishFigure of(String member) {
        for (WishFigure figure : values()) {
            if (figure.member.equals(member)) {
                return figure;
            }
        }
        return null;
    }

    String member() {
        return member;
    }

    boolean accepts(long value) {
        return value >= min && value <= max;
    }

    String accepted() {
        return "a whole number from " + min + " to " + max;
    }

    /** {@link LayerWish#ANY} where there is no wish. */
    long in(LayerWish wish) {
        return figure.applyAsLong(wish);
    }
}
