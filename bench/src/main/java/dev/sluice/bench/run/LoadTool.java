package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Child;
import dev.sluice.bench.process.ServerUnderTest;
import dev.sluice.bench.process.Workplace;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs {@code sluice load} on a core of its own. */
final class LoadTool {

    private static final String VERIFY = "sample";

    private final Workplace place;

    LoadTool(Workplace place) {
        this.place = place;
    }

    /** The options of one run; a builder of a command line. */
    static final class Run {

        private final List<String> options = new ArrayList<>();

        private Run(ServerUnderTest server) {
            with("--whip", server.whip()).with("--whep", server.whep());
            with("--pid", server.pid()).with("--verify", VERIFY);
        }

        static Run against(ServerUnderTest server) {
            return new Run(server);
        }

        /** Publishers and viewers of the scenario. */
        Run of(Scenario scenario) {
            return with("--publishers", scenario.publishers())
                    .with("--subscribers", scenario.viewers())
                    .with("--codec", scenario.codecs())
                    .with("--rate", scenario.rateKbps());
        }

        Run with(String option, Object value) {
            options.add(option);
            options.add(value.toString());
            return this;
        }
    }

    /** A run under way. */
    record Running(Child child, Path report) implements AutoCloseable {

        /** The figures, when the run has ended; null when it left no report. */
        @Nullable LoadFigures await() throws InterruptedException {
            child.await();
            return Files.exists(report) ? LoadFigures.read(report) : null;
        }

        /** The figures; refuses a run that left none. */
        LoadFigures figures() throws InterruptedException {
            LoadFigures figures = await();
            if (figures == null) {
                throw new BenchException("The load tool failed:\n" + child.tail());
            }
            return figures;
        }

        @Override
        public void close() {
            child.close();
        }
    }

    /**
     * Starts a run.
     *
     * @param name of its files
     * @param onProgress takes its lines of progress
     */
    Running start(Run run, String name, Consumer<String> onProgress) {
        Path report = place.emptyFile(name + ".json");
        Path log = place.emptyFile(name + ".log");
        List<String> arguments = new ArrayList<>(List.of("load"));
        arguments.addAll(run.options);
        arguments.addAll(List.of("--json", report.toString()));
        List<String> command = place.cores().forLoad(place.sluice(List.of(), arguments));
        return new Running(Child.start(command, Map.of(), log, onProgress), report);
    }
}
