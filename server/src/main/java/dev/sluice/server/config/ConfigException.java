package dev.sluice.server.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that cannot be used; the message names all that is wrong with it, one problem a
 * line.
 */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<ConfigProblem> problems;

    /** A refusal for these problems, of which there is at least one. */
    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in reading order. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
