package dev.sluice.server.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One group of keys while it is read. Each method takes one key: from the file, then from the
 * environment, whose value wins; a value that is refused is told to the problems and stands in as
 * the fallback, so that reading goes on.
 */
final class Section {

    private final Written written;
    private final Environment environment;
    private final Problems problems;
    private final Map<String, YamlNode> entries;
    private final Set<String> known = new LinkedHashSet<>();

    private Section(Written written, Environment environment, Problems problems) {
        this.written = written;
        this.environment = environment;
        this.problems = problems;
        this.entries = entriesOf(written, problems);
    }

    /** Reads a group with {@code reader}, then refuses the keys that it did not ask for. */
    static <T> T read(
            Written written,
            Environment environment,
            Problems problems,
            Function<Section, T> reader) {
        Section section = new Section(written, environment, problems);
        T result = reader.apply(section);
        section.refuseUnknown();
        return result;
    }

    <T> T section(String key, Function<Section, T> reader) {
        known.add(key);
        YamlNode node = entries.getOrDefault(key, nothing());
        return read(new Written(written.source(), path(key), node), environment, problems, reader);
    }

    <T> T value(String key, T fallback, ValueType<T> type) {
        return optional(key, type).orElse(fallback);
    }

    <T> Optional<T> optional(String key, ValueType<T> type) {
        Optional<T> result = Optional.empty();
        for (Written value : allWritten(key)) {
            Optional<T> read = scalar(value, type);
            result = read.isPresent() ? read : result;
        }
        return result;
    }

    <T> List<T> list(String key, List<T> fallback, ValueType<T> itemType) {
        List<T> result = fallback;
        for (Written value : allWritten(key)) {
            result = items(value.asList(), itemType);
        }
        return result;
    }

    /** A list that must be there and hold something. */
    <T> List<T> requiredList(String key, ValueType<T> itemType) {
        List<T> result = list(key, List.of(), itemType);
        boolean isEmptyList =
                entries.get(key) instanceof YamlNode.Sequence list && list.items().isEmpty();
        if (!entries.containsKey(key) || isEmptyList) {
            refuse(key, "is missing; accepted: a list of " + itemType.accepted());
        }
        return result;
    }

    /**
     * A list of groups of keys. In the environment it is YAML that begins with {@code [}, or
     * comma-separated texts, each of which stands for a group with the one key {@code shorthandKey}
     * that has this text as its list.
     */
    <T> List<T> sections(String key, String shorthandKey, Function<Section, T> reader) {
        List<T> result = List.of();
        for (Written value : allWritten(key)) {
            result = groups(expanded(value, shorthandKey), reader);
        }
        return result;
    }

    /** Whether the file has the key. */
    boolean has(String key) {
        return entries.containsKey(key);
    }

    void refuse(String key, String explanation) {
        problems.add(written.source(), written.node().line(), path(key), explanation);
    }

    private List<Written> allWritten(String key) {
        known.add(key);
        List<Written> result = new ArrayList<>();
        Optional.ofNullable(entries.get(key))
                .map(node -> new Written(written.source(), path(key), node))
                .ifPresent(result::add);
        environment.of(path(key)).ifPresent(result::add);
        return result;
    }

    private <T> Optional<T> scalar(Written value, ValueType<T> type) {
        Optional<T> result = type.read(value.node());
        if (result.isEmpty()) {
            value.refuse(type.refusal(value.node()), problems);
        }
        return result;
    }

    private <T> List<T> items(Written value, ValueType<T> itemType) {
        List<T> result = new ArrayList<>();
        if (value.node() instanceof YamlNode.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                scalar(value.item(i, list.items().get(i)), itemType).ifPresent(result::add);
            }
        } else {
            String found = "found " + itemType.describe(value.node());
            value.refuse(found + "; accepted: a list of " + itemType.accepted(), problems);
        }
        return result;
    }

    private <T> List<T> groups(Written value, Function<Section, T> reader) {
        List<T> result = new ArrayList<>();
        if (value.node() instanceof YamlNode.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                Written item = value.item(i, list.items().get(i));
                result.add(read(item, Environment.none(), problems, reader));
            }
        } else {
            value.refuse("found no list; accepted: a list of groups of keys", problems);
        }
        return result;
    }

    private Written expanded(Written value, String shorthandKey) {
        if (!(value.node() instanceof YamlNode.Scalar scalar)
                || scalar.kind() != YamlNode.Kind.UNTYPED) {
            return value;
        }
        if (scalar.text().startsWith("[")) {
            YamlNode empty = new YamlNode.Sequence(0, List.of());
            YamlNode parsed =
                    YamlReader.read(value.source(), value.key(), scalar.text(), problems)
                            .orElse(empty);
            return new Written(value.source(), value.key(), parsed);
        }
        List<YamlNode> groups = new ArrayList<>();
        if (value.asList().node() instanceof YamlNode.Sequence texts) {
            texts.items().forEach(text -> groups.add(shorthand(shorthandKey, text)));
        }
        return new Written(value.source(), value.key(), new YamlNode.Sequence(0, groups));
    }

    private static YamlNode shorthand(String key, YamlNode text) {
        return new YamlNode.Mapping(0, Map.of(key, new YamlNode.Sequence(0, List.of(text))));
    }

    private void refuseUnknown() {
        entries.forEach(
                (key, node) -> {
                    if (!known.contains(key)) {
                        String accepted = "; accepted here: " + String.join(", ", known);
                        problems.add(
                                written.source(),
                                node.line(),
                                path(key),
                                "unknown key" + Nearest.hint(key, known) + accepted);
                    }
                });
    }

    private String path(String key) {
        return written.key().isEmpty() ? key : written.key() + "." + key;
    }

    private static YamlNode nothing() {
        return new YamlNode.Scalar(0, YamlNode.Kind.NOTHING, "");
    }

    /** A group whose keys are all commented out reads as no value; it is an empty group. */
    private static Map<String, YamlNode> entriesOf(Written written, Problems problems) {
        return switch (written.node()) {
            case YamlNode.Mapping mapping -> mapping.entries();
            case YamlNode.Scalar scalar when scalar.kind() == YamlNode.Kind.NOTHING -> Map.of();
            case YamlNode other -> {
                written.refuse(
                        "found " + other.describe() + "; accepted: a group of keys", problems);
                yield Map.of();
            }
        };
    }
}
