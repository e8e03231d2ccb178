package dev.sluice.server.config;

import java.util.Comparator;

/**
 * One thing that is wrong with a configuration. It never holds the value of a secret.
 *
 * @param source the file's name, or {@value #ENVIRONMENT}
 * @param line in the file, from 1; 0 where there is none
 * @param key the full key ({@code media.port}), or the variable's name; empty for the file as a
 *     whole
 * @param explanation what was found and what is accepted
 */
public record ConfigProblem(String source, int line, String key, String explanation) {

    /** The source of values that come from environment variables. */
    public static final String ENVIRONMENT = "environment";

    /** The file's problems by line, then those of the environment. */
    static final Comparator<ConfigProblem> READING_ORDER =
            Comparator.comparing((ConfigProblem problem) -> problem.source().equals(ENVIRONMENT))
                    .thenComparingInt(ConfigProblem::line);

    /** {@code sluice.yaml:12: media.port: found 99999; accepted: ...}. */
    @Override
    public String toString() {
        String place = line > 0 ? source + ":" + line : source;
        return key.isEmpty() ? place + ": " + explanation : place + ": " + key + ": " + explanation;
    }
}
