package dev.sluice.server.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The environment variables that are meant for Sluice: {@code SLUICE_MEDIA_PORT} for {@code
 * media.port}.
 */
final class Environment {

    private static final String PREFIX = "SLUICE_";

    private final TreeMap<String, String> variables = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();

    Environment(Map<String, String> all) {
        all.forEach(
                (name, value) -> {
                    if (name.startsWith(PREFIX) && !KubernetesVariables.contains(name, all)) {
                        variables.put(name, value);
                    }
                });
    }

    /** An environment with nothing in it. */
    static Environment none() {
        return new Environment(Map.of());
    }

    /** The variable for {@code key}, when it is set; from now on its name is known. */
    Optional<Written> of(String key) {
        String name = nameOf(key);
        known.add(name);
        return Optional.ofNullable(variables.get(name))
                .map(value -> new YamlNode.Scalar(0, YamlNode.Kind.UNTYPED, value.strip()))
                .map(value -> new Written(ConfigProblem.ENVIRONMENT, name, value));
    }

    /** Refuses the variables that no key was looked up for. */
    void refuseUnknown(Problems problems) {
        for (String name : variables.keySet()) {
            if (!known.contains(name)) {
                String explanation = "unknown variable" + Nearest.hint(name, known);
                problems.add(ConfigProblem.ENVIRONMENT, 0, name, explanation);
            }
        }
    }

    static String nameOf(String key) {
        String words = key.replaceAll("([A-Z])", "_$1").replace('.', '_');
        return PREFIX + words.toUpperCase(Locale.ROOT);
    }
}
