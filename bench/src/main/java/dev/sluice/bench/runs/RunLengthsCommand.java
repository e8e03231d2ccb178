package dev.sluice.bench.runs;

import dev.sluice.bench.process.Cores;
import dev.sluice.bench.process.WorkFolder;
import dev.sluice.bench.process.Workplace;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** How long runs are in what real clients send; bin/run-lengths. */
@Command(
        name = "run-lengths",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Has Chromium, Firefox and GStreamer publish to a server, one after the other, and"
                    + " tells how many packets leave to a viewer by one send (UDP GSO), without and"
                    + " with media.batching.equalize.",
            "Exits with 1 when something could not be measured, and names it. A row is called"
                + " doubtful where much less came than was asked for: the machine may be too busy."
        })
public final class RunLengthsCommand implements Callable<Integer> {

    private static final Map<String, Client> CLIENTS =
            Map.of(
                    "chromium", Browser.CHROMIUM,
                    "firefox", Browser.FIREFOX,
                    "gstreamer", new GStreamer());

    @Option(names = "--root", required = true, hidden = true)
    private Path root = Path.of("");

    @Option(
            names = "--client",
            split = ",",
            description = "Some of chromium, firefox and gstreamer. Default: all")
    private List<String> clients = List.of("chromium", "firefox", "gstreamer");

    @Option(
            names = "--codec",
            split = ",",
            description = "Some of VP8, H264, VP9 and AV1. Default: all")
    private List<String> codecs = List.of();

    @Option(
            names = "--kbps",
            split = ",",
            description = "The rates asked for, in kbit/s. Default: 600,2500")
    private List<Integer> ratesKbps = List.of(600, 2500);

    @Option(names = "--seconds", description = "Of each measurement. Default: ${DEFAULT-VALUE}")
    private int seconds = 15;

    @Option(
            names = "--warmup",
            description = "Seconds in which a client may find its rate. Default: ${DEFAULT-VALUE}")
    private int warmupSeconds = 8;

    @Option(names = "--keep", paramLabel = "DIR", description = "Where logs stay.")
    private @Nullable Path keep;

    private RunLengthsCommand() {}

    /** The entry of bin/run-lengths. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new RunLengthsCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Client> chosen = clients.stream().map(RunLengthsCommand::client).toList();
        try (WorkFolder folder = WorkFolder.of(keep, "sluice-runs")) {
            return run(chosen, folder.path().toAbsolutePath());
        }
    }

    private static Client client(String name) {
        Client client = CLIENTS.get(name.toLowerCase(Locale.ROOT));
        if (client == null) {
            throw new IllegalArgumentException(
                    "--client is " + name + ", expected one of " + CLIENTS.keySet());
        }
        return client;
    }

    /** Nothing is pinned to a core: encoders need what there is, and no time is measured. */
    private int run(List<Client> chosen, Path folder) throws InterruptedException {
        String libraries = root.resolve("bench/target/bench") + "/*";
        Workplace place = new Workplace(root, libraries, folder, new Cores(false, 0, 0));
        RunLengths lengths = new RunLengths(place, warmupSeconds, seconds);
        List<String> upper = codecs.stream().map(it -> it.toUpperCase(Locale.ROOT)).toList();
        lengths.run(chosen, upper, ratesKbps);
        System.out.print(RunTable.of(lengths.rows()));
        lengths.versions().forEach(System.out::println);
        lengths.rows().stream()
                .flatMap(row -> row.doubt().stream())
                .forEach(doubt -> System.out.println("DOUBT  " + doubt));
        if (!Tap.isInstalled()) {
            System.out.println("How frames come is not measured: apt-get install tshark");
        }
        lengths.notMeasured().forEach(what -> System.out.println("NOT MEASURED  " + what));
        return lengths.notMeasured().isEmpty() && Tap.isInstalled() ? 0 : 1;
    }
}
