package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;

/** What the loader says about bad configurations. */
final class Refusals {

    private Refusals() {}

    /**
     * The problems of a file called {@code sluice.yaml}, one line each; none when it is accepted.
     */
    static List<String> of(String yaml) {
        return of(yaml, Map.of());
    }

    static List<String> of(String yaml, Map<String, String> environment) {
        ConfigException refusal =
                catchThrowableOfType(
                        ConfigException.class,
                        () -> ConfigLoader.parse("sluice.yaml", yaml, environment));
        return refusal == null
                ? List.of()
                : refusal.problems().stream().map(ConfigProblem::toString).toList();
    }

    static List<String> ofEnvironment(String name, String value) {
        return of("", Map.of(name, value));
    }
}
