package dev.sluice.server.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that all of it is told at once. */
final class Problems {

    private final List<ConfigProblem> found = new ArrayList<>();

    /** Lines count in files only; a variable's value has none. */
    void add(String source, int line, String key, String explanation) {
        int lineInFile = source.equals(ConfigProblem.ENVIRONMENT) ? 0 : line;
        found.add(new ConfigProblem(source, lineInFile, key, explanation));
    }

    /** Throws when something was found. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(
                    found.stream().distinct().sorted(ConfigProblem.READING_ORDER).toList());
        }
    }
}
