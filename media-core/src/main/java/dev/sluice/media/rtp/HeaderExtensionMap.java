package dev.sluice.media.rtp;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The header extension ids that one offer and answer agreed on (RFC 8285 section 5); immutable. */
public final class HeaderExtensionMap {

    /** Nothing negotiated. */
    public static final HeaderExtensionMap EMPTY = new HeaderExtensionMap(Map.of());

    /** The id that says "not negotiated"; on the wire it is padding. */
    public static final int ABSENT = 0;

    /**
     * Stops the reading of a one-byte block and is therefore never negotiated (RFC 8285 section
     * 4.2).
     */
    private static final int RESERVED_ID = 15;

    private static final int MAX_ID = 255;

    private final Map<HeaderExtension, Integer> ids;

    private HeaderExtensionMap(Map<HeaderExtension, Integer> ids) {
        var copy = new EnumMap<HeaderExtension, Integer>(HeaderExtension.class);
        copy.putAll(ids);
        this.ids = Collections.unmodifiableMap(copy);
    }

    /**
     * @param ids each 1 to 14 or 16 to 255, no two the same
     * @throws IllegalArgumentException for any other id
     */
    public static HeaderExtensionMap of(Map<HeaderExtension, Integer> ids) {
        Set<Integer> seen = new HashSet<>();
        for (var entry : ids.entrySet()) {
            requireUsable(entry.getKey(), entry.getValue());
            if (!seen.add(entry.getValue())) {
                throw new IllegalArgumentException(
                        "Id %d of %s is taken by another extension"
                                .formatted(entry.getValue(), entry.getKey()));
            }
        }
        return new HeaderExtensionMap(ids);
    }

    private static void requireUsable(HeaderExtension extension, int id) {
        if (id < 1 || id > MAX_ID || id == RESERVED_ID) {
            throw new IllegalArgumentException(
                    "Id %d of %s is not one of 1 to 14 and 16 to 255".formatted(id, extension));
        }
    }

    /** The negotiated id, or {@link #ABSENT}. */
    public int id(HeaderExtension extension) {
        Integer id = ids.get(extension);
        return id == null ? ABSENT : id;
    }

    public boolean has(HeaderExtension extension) {
        return ids.containsKey(extension);
    }

    /** The ids in the order of {@link HeaderExtension}; unmodifiable. */
    public Map<HeaderExtension, Integer> ids() {
        return ids;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeaderExtensionMap map && map.ids.equals(ids);
    }

    @Override
    public int hashCode() {
        return ids.hashCode();
    }

    @Override
    public String toString() {
        return ids.toString();
    }
}
