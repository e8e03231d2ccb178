package dev.sluice.fuzz;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the targets with Jazzer and says what was found. */
@Command(
        name = "bin/fuzz",
        mixinStandardHelpOptions = true,
        description = {
            "Feeds hostile bytes to every parser, each in a process of its own.",
            "Exits with 1 when there are findings: add their lines to"
                    + " fuzz/src/main/resources/seeds."
        })
public final class FuzzCommand implements Callable<Integer> {

    private static final int SECONDS_PER_MINUTE = 60;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MINUTES",
            description = "How long all targets together take. Default: 10")
    private int minutes = 10;

    @Parameters(index = "1..*", paramLabel = "TARGET", description = "Only these. Default: all")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--seconds",
            description = "How long each target takes, instead of MINUTES for all together.")
    private int seconds;

    @Option(names = "--jobs", description = "How many run at once. Default: one for each core")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--seed",
            description = "Of the fuzzer's chance, 1 or more. Default: another one each time")
    private int seed;

    @Option(
            names = "--corpus",
            paramLabel = "FOLDER",
            description = "Where inputs of earlier runs are taken from and kept.")
    private Path corpus = Path.of("");

    @Option(names = "--list", description = "Names the targets and ends.")
    private boolean list;

    /** The entry of bin/fuzz. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FuzzCommand()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (list) {
            FuzzTargets.all().keySet().forEach(System.out::println);
            return 0;
        }
        List<String> targets = chosen();
        int each = secondsEach(targets.size());
        Path folder = corpus.toString().isEmpty() ? temporaryFolder() : corpus.toAbsolutePath();
        System.out.printf("%d targets, %d s each, in %s%n", targets.size(), each, folder);
        return runAll(targets, each, folder) ? 0 : 1;
    }

    private List<String> chosen() {
        for (String name : names) {
            if (!FuzzTargets.all().containsKey(name)) {
                throw wrong("no target is named " + name + "; --list tells the names");
            }
        }
        return names.isEmpty() ? List.copyOf(FuzzTargets.all().keySet()) : names;
    }

    private int secondsEach(int targets) {
        if (minutes < 1 || seconds < 0 || jobs < 1) {
            throw wrong("MINUTES and --jobs must be 1 or more, --seconds 0 or more");
        }
        return seconds > 0 ? seconds : Math.max(1, minutes * SECONDS_PER_MINUTE * jobs / targets);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static Path temporaryFolder() throws IOException {
        return Files.createTempDirectory("sluice-fuzz");
    }

    private boolean runAll(List<String> targets, int each, Path folder) throws Exception {
        boolean clean = true;
        try (ExecutorService executor = Executors.newFixedThreadPool(jobs)) {
            List<Future<JazzerRun.Result>> results = new ArrayList<>();
            for (String target : targets) {
                JazzerRun run = new JazzerRun(target, each, seed, folder.resolve(target));
                results.add(executor.submit(run::run));
            }
            for (Future<JazzerRun.Result> result : results) {
                clean &= report(result.get());
            }
        }
        return clean;
    }

    /** The log from the finding on; all of it where Jazzer never came so far. */
    private static List<String> whatFailed(JazzerRun.Result result) throws IOException {
        List<String> log = Files.readAllLines(result.log());
        List<String> finding = log.stream().dropWhile(line -> !line.startsWith("== ")).toList();
        return finding.isEmpty() ? log : finding;
    }

    private static boolean report(JazzerRun.Result result) throws IOException {
        System.out.printf(
                "%-28s %12d inputs  %d findings%n",
                result.target(), result.runs(), result.findings().size());
        for (String finding : result.findings()) {
            System.out.printf("  %s.hex: %s%n", result.target(), finding);
        }
        if (result.failed()) {
            whatFailed(result).forEach(System.out::println);
        }
        return !result.failed();
    }
}
