package dev.sluice.bench.run;

import static dev.sluice.bench.run.BenchChecks.requireKnown;
import static dev.sluice.bench.run.BenchChecks.requireWithin;
import static dev.sluice.bench.run.BenchChecks.requireWritable;

import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Cores;
import dev.sluice.bench.process.WorkFolder;
import dev.sluice.bench.process.Workplace;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** {@code bin/bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Starts Sluice, loads it, and tells what a forwarded packet costs; beside it, in turns"
                    + " and by the same load tool, Debian's Janus, and the floor in C.",
            "Exits with 1 when a bar is missed or something could not be measured, and names it."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final int MET = 0;
    private static final int MISSED = 1;
    private static final int MAX_ROUNDS = 100;
    private static final int MAX_SECONDS = 3600;
    private static final int MAX_MINUTES = 7 * 24 * 60;
    private static final int MAX_SESSIONS = 10_000_000;
    private static final int MAX_JANUS_LOOPS = 64;
    private static final Map<String, String> EXPERIMENTS =
            new TreeMap<>(
                    Map.of(
                            DelayExperiment.ID, "forwarding delay at half of one core",
                            LoopsExperiment.ID, "two media loops beside one",
                            MemoryExperiment.ID, "memory of one viewer",
                            OverloadExperiment.ID, "twice what one core carries"));

    private static final List<String> PARTS = List.of(Subject.JANUS, "floor");

    /** As {@code srtp.provider} takes them. */
    private static final List<String> PROVIDERS =
            List.of(Subject.DEFAULT_PROVIDER, "bouncycastle", "ipsec-mb", "jce", "openssl");

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "What to run. Default: everything; --list tells the names.")
    private List<String> only = List.of();

    @Option(names = "--list", description = "Tells what can be run.")
    private boolean list;

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

    @Option(
            names = "--without",
            paramLabel = "PART",
            split = ",",
            description = "Leaves out janus or floor.")
    private Set<String> without = Set.of();

    @Option(
            names = "--providers",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Of SRTP's ciphers (srtp.provider), at 2.5 Mbit/s; the first one is that of the"
                            + " other scenarios, too. Loops, delay, memory and overload take auto."
                            + " Default: auto,jce,bouncycastle.")
    private List<String> providers = List.of("auto", "jce", "bouncycastle");

    @Option(
            names = "--janus-loops",
            paramLabel = "N",
            description =
                    "Threads of Janus that share its peers (event_loops); 0: one for each peer,"
                            + " which is its default.")
    private int janusLoops;

    @Option(
            names = "--delay-minutes",
            paramLabel = "M",
            description = "How long the delay is measured. Default: ${DEFAULT-VALUE}.")
    private int delayMinutes = DelayExperiment.FULL_MINUTES;

    @Option(
            names = "--churn",
            description = "Instead of all else: viewers come and go, and nothing of them may stay.")
    private boolean churn;

    @Option(
            names = "--churn-sessions",
            paramLabel = "N",
            description = "Viewers in all. Default: ${DEFAULT-VALUE}.")
    private int churnSessions = 10_000;

    @Option(
            names = "--churn-minutes",
            paramLabel = "M",
            description = "In this time. Default: ${DEFAULT-VALUE}.")
    private int churnMinutes = 60;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there.")
    private @Nullable Path json;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keeps reports and logs of the last trial there.")
    private @Nullable Path keep;

    @Option(
            names = "--root",
            hidden = true,
            required = true,
            description = "Of the project; bin/bench tells it.")
    private Path root = Path.of("");

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description = "Another build of Sluice to measure.")
    private @Nullable String classPath;

    @Spec private CommandSpec spec = CommandSpec.create();

    private BenchCommand() {}

    public static void main(String[] args) {
        System.exit(
                new CommandLine(new BenchCommand())
                        .setExecutionExceptionHandler(BenchCommand::explain)
                        .execute(args));
    }

    private static int explain(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof BenchException) {
            command.getErr().println(failure.getMessage());
            return MISSED;
        }
        throw failure;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Scenario.all().forEach(one -> System.out.println(one.id() + ": " + one.title()));
            EXPERIMENTS.forEach((id, title) -> System.out.println(id + ": " + title));
            return MET;
        }
        check();
        try (WorkFolder folder = WorkFolder.of(keep, "sluice-bench")) {
            return run(folder.path());
        }
    }

    private int run(Path folder) throws IOException, InterruptedException {
        String libraries =
                classPath == null ? root.resolve("server/target/sluice") + "/*" : classPath;
        Workplace place = new Workplace(root, libraries, folder, Cores.ofMachine());
        System.err.println(place.cores());
        Results results = new Results();
        try (WarmServers servers = new WarmServers(place)) {
            measure(place, servers, results);
        }
        System.out.print(BenchTable.of(results));
        if (json != null) {
            Files.writeString(json, BenchJson.of(results, place.cores()));
        }
        return results.isMet() ? MET : MISSED;
    }

    private void measure(Workplace place, WarmServers servers, Results results)
            throws InterruptedException {
        Experiment base = new Experiment(place, servers, new LoadTool(place), results, System.err);
        if (churn) {
            results.attempt(
                    "churn", () -> new ChurnExperiment(base, churnSessions, churnMinutes).run());
            return;
        }
        LoadSpan span = new LoadSpan(warmup, seconds, joinRate);
        new Comparison(laboratory(place, servers), results)
                .run(scenarios(), subjects(), rounds, span);
        if (isChosen(LoopsExperiment.ID)) {
            results.attempt(LoopsExperiment.ID, () -> new LoopsExperiment(base).run(span));
        }
        if (isChosen(DelayExperiment.ID)) {
            results.attempt(
                    DelayExperiment.ID, () -> new DelayExperiment(base, delayMinutes).run(span));
        }
        if (isChosen(MemoryExperiment.ID)) {
            results.attempt(MemoryExperiment.ID, () -> new MemoryExperiment(base).run());
        }
        if (isChosen(OverloadExperiment.ID)) {
            results.attempt(OverloadExperiment.ID, () -> new OverloadExperiment(base).run());
        }
    }

    private boolean isChosen(String id) {
        return only.isEmpty() || only.contains(id);
    }

    private Laboratory laboratory(Workplace place, WarmServers servers)
            throws InterruptedException {
        Floor floor =
                without.contains("floor")
                        ? null
                        : Floor.build(
                                root.resolve("bench/floor.c"),
                                root.resolve("bench/target/floor"),
                                place.cores(),
                                place.folder());
        return new Laboratory(place, servers, floor, janusLoops, System.err);
    }

    private List<Scenario> scenarios() {
        return only.isEmpty()
                ? Scenario.all()
                : only.stream()
                        .filter(id -> !EXPERIMENTS.containsKey(id))
                        .map(Scenario::named)
                        .toList();
    }

    private Subjects subjects() {
        return new Subjects(providers, !without.contains(Subject.JANUS));
    }

    private void check() {
        try {
            requireWithin("--rounds", rounds, 1, MAX_ROUNDS);
            requireWithin("--seconds", seconds, 1, MAX_SECONDS);
            requireWithin("--warmup", warmup, 1, MAX_SECONDS);
            requireWithin("--join-rate", joinRate, 1, MAX_SECONDS);
            requireWithin("--janus-loops", janusLoops, 0, MAX_JANUS_LOOPS);
            requireWithin("--delay-minutes", delayMinutes, 1, MAX_MINUTES);
            requireWithin("--churn-minutes", churnMinutes, 1, MAX_MINUTES);
            requireWithin("--churn-sessions", churnSessions, 1, MAX_SESSIONS);
            requireKnown("--only", only, names());
            requireKnown("--without", without, PARTS);
            requireKnown("--providers", providers, PROVIDERS);
            if (json != null) {
                requireWritable("--json", json);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(EXPERIMENTS.keySet());
        Scenario.all().forEach(one -> names.add(one.id()));
        return names;
    }
}
