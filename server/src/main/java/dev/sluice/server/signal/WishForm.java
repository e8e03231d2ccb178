package dev.sluice.server.signal;

import dev.sluice.server.router.LayerWish;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a request says about a wish.
 *
 * @param encodingId empty text where it is taken back; nothing where it is not mentioned
 * @param figures {@link LayerWish#ANY} where one is taken back; those not mentioned are missing
 */
record WishForm(Optional<String> encodingId, Map<WishFigure, Long> figures) {

    WishForm {
        figures = Map.copyOf(figures);
    }

    /** What is not mentioned is left to us. */
    LayerWish wish() {
        return appliedTo(LayerWish.AUTOMATIC);
    }

    /** What is not mentioned stays as it is. */
    UnaryOperator<LayerWish> merging() {
        return this::appliedTo;
    }

    private LayerWish appliedTo(LayerWish before) {
        Map<WishFigure, Long> all = new EnumMap<>(WishFigure.class);
        for (WishFigure figure : WishFigure.values()) {
            all.put(figure, figures.getOrDefault(figure, figure.in(before)));
        }
        return new LayerWish(
                encodingId.orElse(before.encodingId()),
                number(all, WishFigure.SPATIAL_LAYER),
                number(all, WishFigure.TEMPORAL_LAYER),
                number(all, WishFigure.MAX_SPATIAL_LAYER),
                number(all, WishFigure.MAX_TEMPORAL_LAYER),
                number(all, WishFigure.MAX_WIDTH),
                number(all, WishFigure.MAX_HEIGHT),
                all.getOrDefault(WishFigure.MAX_BITRATE, (long) LayerWish.ANY));
    }

    private static int number(Map<WishFigure, Long> figures, WishFigure figure) {
        return figures.getOrDefault(figure, (long) LayerWish.ANY).intValue();
    }

    /** A wish as JSON; what is left to us is left out. */
    static Map<String, Object> json(LayerWish wish) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!wish.encodingId().isEmpty()) {
            members.put("encodingId", wish.encodingId());
        }
        for (WishFigure figure : WishFigure.values()) {
            if (figure.in(wish) != LayerWish.ANY) {
                members.put(figure.member(), figure.in(wish));
            }
        }
        return members;
    }
}
