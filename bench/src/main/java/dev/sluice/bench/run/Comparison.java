package dev.sluice.bench.run;

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
                () -> results.add(laboratory.run(scenario, subject, round, span)));
    }
}
