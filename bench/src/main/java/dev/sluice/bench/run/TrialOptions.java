package dev.sluice.bench.run;

import static dev.sluice.bench.run.BenchChecks.requireWithin;

import picocli.CommandLine.Option;

/** The options of {@code bin/bench} that say how often and how long a scenario is measured. */
final class TrialOptions {

    private static final int MAX_ROUNDS = 100;
    private static final int MAX_SECONDS = 3600;
    private static final int MAX_JOIN_RATE = 3600;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Each scenario so often, in turns. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long each trial measures. Default: ${DEFAULT-VALUE}.")
    private int seconds = 15;

    @Option(
            names = "--warmup",
            paramLabel = "S",
            description =
                    "From the last join to the measurement: the JVM compiles meanwhile. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int warmup = 10;

    @Option(
            names = "--join-rate",
            paramLabel = "N",
            description = "Clients started in a second. Default: ${DEFAULT-VALUE}.")
    private int joinRate = 50;

    /**
     * @throws IllegalArgumentException when a number is out of its bounds
     */
    void requireBounds() {
        requireWithin("--rounds", rounds, 1, MAX_ROUNDS);
        requireWithin("--seconds", seconds, 1, MAX_SECONDS);
        requireWithin("--warmup", warmup, 1, MAX_SECONDS);
        requireWithin("--join-rate", joinRate, 1, MAX_JOIN_RATE);
    }

    int rounds() {
        return rounds;
    }

    LoadSpan span() {
        return new LoadSpan(warmup, seconds, joinRate);
    }
}
