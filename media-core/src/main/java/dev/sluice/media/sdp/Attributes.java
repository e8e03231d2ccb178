package dev.sluice.media.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks attributes up by name, in the order of their lines. */
public record Attributes(List<SdpAttribute> lines) {

    public static final Attributes NONE = new Attributes(List.of());

    public Attributes {
        lines = List.copyOf(lines);
    }

    public boolean has(String name) {
        return values(name).findAny().isPresent();
    }

    public boolean has(AttributeType<?> type) {
        return has(type.name());
    }

    /** The value of the first attribute of the name. */
    public Optional<String> first(String name) {
        return values(name).findFirst();
    }

    /** The first attribute of the type; empty also where its value is malformed. */
    public <T> Optional<T> first(AttributeType<T> type) {
        return first(type.name()).flatMap(value -> Optional.ofNullable(type.read(value)));
    }

    /** The values of all attributes of the name. */
    public Stream<String> values(String name) {
        return lines.stream().filter(a -> a.name().equals(name)).map(SdpAttribute::value);
    }

    /** All attributes of the type; without malformed ones, which no parsed description has. */
    public <T> List<T> all(AttributeType<T> type) {
        List<T> all = new ArrayList<>();
        for (SdpAttribute line : lines) {
            T value = line.name().equals(type.name()) ? type.read(line.value()) : null;
            if (value != null) {
                all.add(value);
            }
        }
        return all;
    }
}
