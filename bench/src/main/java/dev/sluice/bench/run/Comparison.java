package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;

import java.util.List;

/** The scenarios, each with all servers in turns, so that a slow minute of the machine meets all. */
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

    /** What fails here must not take the figures of the rest along. */
    private void run(Scenario scenario, Subject subject, int round, LoadSpan span)
            throws InterruptedException {
        try {
            results.add(laboratory.run(scenario, subject, round, span));
        } catch (BenchException e) {
            String what =
                    "%s with %s, round %d: %s"
                            .formatted(scenario.id(), subject.name(), round, e.getMessage());
            System.err.println(what);
            results.fail(what);
        }
    }
}
