package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a run of the bench has found so far. */
final class Results {

    /** More than the kernel and the bench itself take. */
    private static final double MAX_OTHERS_PERCENT = 10;

    private static final double MIN_DELIVERED_PERCENT = 98;

    private final List<Trial> trials = new ArrayList<>();
    private final List<Bar> furtherBars = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    void add(Trial trial) {
        trials.add(trial);
    }

    /** A bar of something else than a trial. */
    void add(Bar bar) {
        furtherBars.add(bar);
    }

    /** A line below the table. */
    void remark(String line) {
        remarks.add(line);
    }

    /** Something that was to be measured and was not: the run is not complete. */
    void fail(String what) {
        failures.add(what);
    }

    /** Something that may fail without taking the rest along. */
    @FunctionalInterface
    interface Attempt {

        void run() throws InterruptedException;
    }

    /** Runs it; what fails is noted with the name. */
    void attempt(String name, Attempt attempt) throws InterruptedException {
        try {
            attempt.run();
        } catch (BenchException e) {
            System.err.println(name + ": " + e.getMessage());
            fail(name + ": " + e.getMessage());
        }
    }

    List<String> remarks() {
        return remarks;
    }

    /** What makes the figures doubtful. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        for (Row row : rows()) {
            String name = "%s with %s".formatted(row.scenario().id(), row.subject().name());
            double others = row.median(Trial::othersPercent);
            double delivered = row.median(Trial::deliveredPercent);
            if (others > MAX_OTHERS_PERCENT) {
                doubts.add(
                        "%s: other programs took %s %% of a core meanwhile"
                                .formatted(name, Numbers.text(others)));
            }
            long failed = row.trials().stream().filter(one -> one.load().failures() > 0).count();
            if (failed > 0) {
                doubts.add(
                        "%s: clients failed in %d of %d rounds"
                                .formatted(name, failed, row.trials().size()));
            }
            double dropped = row.median(trial -> trial.load().socketDrops());
            if (dropped > 0) {
                doubts.add(
                        "%s: the load tool was too slow for %s packets"
                                .formatted(name, Numbers.text(dropped)));
            }
            if (delivered < MIN_DELIVERED_PERCENT) {
                doubts.add(
                        "%s: only %s %% of the packets came, by overload or for want of a core"
                                .formatted(name, Numbers.text(delivered)));
            }
        }
        return doubts;
    }

    List<String> failures() {
        return failures;
    }

    /** In the order of the first trials. */
    List<Row> rows() {
        Set<String> seen = new LinkedHashSet<>();
        List<Row> rows = new ArrayList<>();
        for (Trial trial : trials) {
            if (seen.add(trial.scenario().id() + " " + trial.subject().name())) {
                rows.add(row(trial.scenario(), trial.subject()));
            }
        }
        return rows;
    }

    Optional<Row> find(String scenario, Subject subject) {
        return rows().stream()
                .filter(row -> row.scenario().id().equals(scenario))
                .filter(row -> row.subject().equals(subject))
                .findFirst();
    }

    private Row row(Scenario scenario, Subject subject) {
        return new Row(
                scenario,
                subject,
                of(scenario, subject),
                subject.isSluice() ? of(scenario, Subject.OF_JANUS) : List.of());
    }

    private List<Trial> of(Scenario scenario, Subject subject) {
        return trials.stream()
                .filter(trial -> trial.scenario().id().equals(scenario.id()))
                .filter(trial -> trial.subject().equals(subject))
                .toList();
    }

    /** Those that the trials can answer, then the others. */
    List<Bar> bars() {
        List<Bar> bars = new ArrayList<>(CostBars.of(this));
        bars.addAll(furtherBars);
        return bars;
    }

    boolean isMet() {
        return failures.isEmpty() && bars().stream().allMatch(Bar::isMet);
    }
}
