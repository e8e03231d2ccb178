package dev.sluice.load.app;

import dev.sluice.load.report.LoadReport;
import dev.sluice.load.report.ReportJson;
import dev.sluice.load.report.ReportText;
import dev.sluice.sockets.BackgroundThreads;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code sluice load}: publishes and watches as many clients do, and tells how that went. */
@Command(
        name = "load",
        description = "Loads a WHIP/WHEP server with publishers and viewers, and measures it.",
        sortOptions = false,
        usageHelpAutoWidth = true)
public final class LoadCommand implements Callable<Integer> {

    private static final int OK = 0;

    /** Clients failed, the server is gone, or the run could not begin. */
    private static final int FAILED = 1;

    @Mixin private final LoadOptions options = new LoadOptions();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where to write the report as JSON; - for standard output.")
    private @Nullable String json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        requireWritable(json);
        try (LoadRun run = begin(options.plan())) {
            LoadReport report = runUntilTold(run);
            return report.isFlawless() ? OK : FAILED;
        } catch (IOException e) {
            spec.commandLine().getErr().println("The load cannot run: " + e.getMessage());
            return FAILED;
        }
    }

    /** Told before the run rather than after it. */
    private void requireWritable(@Nullable String file) {
        if (file == null || file.equals("-")) {
            return;
        }
        Path path = Path.of(file).toAbsolutePath();
        Path folder = path.getParent();
        Path written = Files.exists(path) ? path : folder;
        if (Files.isDirectory(path) || written == null || !Files.isWritable(written)) {
            throw new ParameterException(
                    spec.commandLine(), "--json: cannot write the file '%s'".formatted(file));
        }
    }

    private static LoadRun begin(LoadPlan plan) throws IOException {
        BackgroundThreads.giveWay();
        return new LoadRun(plan, System.err);
    }

    /** A signal ends the run; the process waits until the sessions are ended and all is told. */
    private LoadReport runUntilTold(LoadRun run) throws InterruptedException, IOException {
        CountDownLatch told = new CountDownLatch(1);
        Thread onSignal = new Thread(() -> stop(run, told), "load-stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            LoadReport report = run.run();
            tell(report);
            return report;
        } finally {
            told.countDown();
            removeHook(onSignal);
        }
    }

    private static void stop(LoadRun run, CountDownLatch told) {
        run.stop();
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running: that is what it was for.
        }
    }

    private void tell(LoadReport report) throws IOException {
        boolean isJsonOnOutput = "-".equals(json);
        PrintStream table = isJsonOnOutput ? System.err : System.out;
        table.println(ReportText.write(report));
        if (isJsonOnOutput) {
            System.out.println(ReportJson.write(report));
        } else if (json != null) {
            Files.writeString(Path.of(json), ReportJson.write(report) + "\n");
        }
    }
}
