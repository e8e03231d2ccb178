package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * The id of a header extension (RFC 8285 section 8).
 *
 * @param id 0 to 65535; 1 to 14 for the one-byte form, 1 to 255 for the two-byte form, 4096 to 4351
 *     for "more than fit, choose one"
 * @param direction absent for both ways, or for the way of the media section
 * @param attributes of the extension itself; mostly empty
 */
public record Extmap(int id, Optional<Direction> direction, String uri, String attributes) {

    private static final int MAX_ID = 65535;

    static @Nullable Extmap read(String value) {
        List<String> words = Numbers.words(value);
        if (words.size() < 2) {
            return null;
        }
        String[] head = words.getFirst().split("/", 2);
        Direction direction = head.length < 2 ? null : Direction.ofAttribute(head[1]);
        int id = Numbers.parse(head[0], MAX_ID);
        if (id < 0 || (head.length == 2 && direction == null)) {
            return null;
        }
        return new Extmap(
                id,
                Optional.ofNullable(direction),
                words.get(1),
                String.join(" ", words.subList(2, words.size())));
    }

    @Override
    public String toString() {
        String way = direction.map(said -> "/" + said.attribute()).orElse("");
        return id + way + " " + uri + (attributes.isEmpty() ? "" : " " + attributes);
    }
}
