package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;

import java.util.List;

/**
 * The scenarios, each with all servers in turns, so that a slow minute of the machine meets all.
 */
final class Comparison {

    private final Laboratory laboratory;
    private final Results results;

    Comparison(Laboratory laboratory, Results results) {
        this.laboratory = laboratory;
        this.results = results;
    }

    void run(List<Scenario> scenarios, Subjects subjects, int rounds, LoadSpan span)
            throws InterruptedException {
        for (Scenario scenario : scenarios) {
            for (int round = 1; round <= rounds; round++) {
                for (Subject subject : subjects.of(scenario)) {
                    run(scenario, subject, round, span);
                }
            }
        }
    }

    private void run(Scenario scenario, Subject subject, int round, LoadSpan span)
            throws InterruptedException {
        results.attempt(
                "%s with %s, round %d".formatted(scenario.id(), subject.name(), round),
                () -> {
                    Trial trial = laboratory.run(scenario, subject, round, span);
                    results.add(trial);
                    requireFloor(trial);
                });
    }

    /** A ratio that is missing is no bar that is met. */
    private void requireFloor(Trial trial) {
        boolean isWanted = laboratory.hasFloor() && trial.subject().isSluice();
        if (isWanted && Double.isNaN(trial.floor().nanos())) {
            throw new BenchException(
                    "no floor, because it is not known in which bursts packets left: %d of %d"
                                    .formatted(trial.load().joined(), trial.load().asked())
                            + " viewers joined");
        }
    }
}
