package dev.sluice.bench.run;

import static dev.sluice.bench.run.BenchChecks.requireKnown;

import picocli.CommandLine.Option;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@code bin/bench} can run, and the options that choose of it. */
final class Selection {

    private static final Map<String, String> EXPERIMENTS =
            new TreeMap<>(
                    Map.of(
                            DelayExperiment.ID, "forwarding delay at half of one core",
                            LoopsExperiment.ID, "two media loops beside one",
                            MemoryExperiment.ID, "memory of one viewer",
                            OverloadExperiment.ID, "twice what one core carries"));

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "What to run. Default: everything; --list tells the names.")
    private List<String> only = List.of();

    @Option(names = "--list", description = "Tells what can be run.")
    private boolean list;

    /** Whether the names of all that can be run are asked for, and nothing else. */
    boolean isList() {
        return list;
    }

    static void tell(PrintStream out) {
        Scenario.all().forEach(one -> out.println(one.id() + ": " + one.title()));
        EXPERIMENTS.forEach((id, title) -> out.println(id + ": " + title));
    }

    /**
     * @throws IllegalArgumentException when there is no such scenario or experiment
     */
    void requireNames() {
        requireKnown("--only", only, names());
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(EXPERIMENTS.keySet());
        Scenario.all().forEach(one -> names.add(one.id()));
        return names;
    }

    /** Whether to run the experiment. */
    boolean has(String experiment) {
        return only.isEmpty() || only.contains(experiment);
    }

    /** Those to run, in the order in which they were told. */
    List<Scenario> scenarios() {
        return only.isEmpty()
                ? Scenario.all()
                : only.stream()
                        .filter(id -> !EXPERIMENTS.containsKey(id))
                        .map(Scenario::named)
                        .toList();
    }
}
