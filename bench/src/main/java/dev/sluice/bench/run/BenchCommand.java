package dev.sluice.bench.run;

import static dev.sluice.bench.run.BenchChecks.requireWithin;
import static dev.sluice.bench.run.BenchChecks.requireWritable;

import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Cores;
import dev.sluice.bench.process.WorkFolder;
import dev.sluice.bench.process.Workplace;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final int MAX_MINUTES = 7 * 24 * 60;
    private static final int MAX_SESSIONS = 10_000_000;

    @Mixin private final Selection selection = new Selection();

    @Mixin private final TrialOptions trials = new TrialOptions();

    @Mixin private final SubjectOptions beside = new SubjectOptions();

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
        if (selection.isList()) {
            Selection.tell(System.out);
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
        LoadSpan span = trials.span();
        new Comparison(laboratory(place, servers), results)
                .run(selection.scenarios(), beside.subjects(), trials.rounds(), span);
        attempt(results, LoopsExperiment.ID, () -> new LoopsExperiment(base).run(span));
        attempt(
                results,
                DelayExperiment.ID,
                () -> new DelayExperiment(base, delayMinutes).run(span));
        attempt(results, MemoryExperiment.ID, () -> new MemoryExperiment(base).run());
        attempt(results, OverloadExperiment.ID, () -> new OverloadExperiment(base).run());
    }

    private void attempt(Results results, String experiment, Results.Attempt attempt)
            throws InterruptedException {
        if (selection.has(experiment)) {
            results.attempt(experiment, attempt);
        }
    }

    private Laboratory laboratory(Workplace place, WarmServers servers)
            throws InterruptedException {
        Floor floor =
                beside.hasFloor()
                        ? Floor.build(
                                root.resolve("bench/floor.c"),
                                root.resolve("bench/target/floor"),
                                place.cores(),
                                place.folder())
                        : null;
        return new Laboratory(place, servers, floor, beside.janusLoops(), System.err);
    }

    private void check() {
        try {
            requireBounds();
            selection.requireNames();
            beside.requireNames();
            if (json != null) {
                requireWritable("--json", json);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void requireBounds() {
        trials.requireBounds();
        beside.requireBounds();
        requireWithin("--delay-minutes", delayMinutes, 1, MAX_MINUTES);
        requireWithin("--churn-minutes", churnMinutes, 1, MAX_MINUTES);
        requireWithin("--churn-sessions", churnSessions, 1, MAX_SESSIONS);
    }
}
