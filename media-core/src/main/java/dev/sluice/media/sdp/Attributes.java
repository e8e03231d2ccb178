package dev.sluice.media.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks attributes up by name, in the order of their lines. */
public record Attributes(List<SdpAttribute> lines) {

    public Attributes {
        lines = List.copyOf(lines);
    }

    public boolean has(String name) {
        return values(name).findAny().isPresent();
    }

    /** The value of the first attribute of the name. */
    public Optional<String> first(String name) {
        return values(name).findFirst();
    }

    /** The values of all attributes of the name. */
    public Stream<String> values(String name) {
        return lines.stream().filter(a -> a.name().equals(name)).map(SdpAttribute::value);
    }
}
