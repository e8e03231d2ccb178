package dev.sluice.server.signal;

import dev.sluice.server.router.LayerWish;

import org.jspecify.annotations.Nullable;

/** The figures of a layer wish as they are called in JSON and in queries, with what is accepted. */
enum WishFigure {
    SPATIAL_LAYER("spatialLayerId", 0, 7),
    TEMPORAL_LAYER("temporalLayerId", 0, 7),
    MAX_SPATIAL_LAYER("maxSpatialLayerId", 0, 7),
    MAX_TEMPORAL_LAYER("maxTemporalLayerId", 0, 7),
    MAX_WIDTH("maxWidth", 1, 65_535),
    MAX_HEIGHT("maxHeight", 1, 65_535),
    /** In bit/s; not in the draft. */
    MAX_BITRATE("maxBitrate", 1_000, 10_000_000_000L);

    private final String member;
    private final long min;
    private final long max;

    WishFigure(String member, long min, long max) {
        this.member = member;
        this.min = min;
        this.max = max;
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
        return switch (this) {
            case SPATIAL_LAYER -> wish.spatialLayer();
            case TEMPORAL_LAYER -> wish.temporalLayer();
            case MAX_SPATIAL_LAYER -> wish.maxSpatialLayer();
            case MAX_TEMPORAL_LAYER -> wish.maxTemporalLayer();
            case MAX_WIDTH -> wish.maxWidth();
            case MAX_HEIGHT -> wish.maxHeight();
            case MAX_BITRATE -> wish.maxBitrateBps();
        };
    }
}
