package dev.sluice.bench.rmcat;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;

/** Runs the test cases and tells their figures; bin/bwe-report. */
@Command(
        name = "bwe-report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the test cases of RFC 8867 section 5, and some more, for the bandwidth estimation"
                    + " and the pacer, in virtual time.",
            "Each case runs with several seeds. The medians count; how many runs miss a bar is"
                    + " told.",
            "Exits with 1 when a bar is missed, and names it."
        })
public final class BweReport implements Callable<Integer> {

    /** Far from the low numbers, by which the estimator's constants were tuned. */
    static final int FIRST_SEED = 1001;

    static final int RUNS = 25;

    @Option(
            names = "--case",
            paramLabel = "ID",
            description = "Only this case, as 5.1; may be given more than once.")
    private List<String> ids = List.of();

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = FIRST_SEED + "",
            description =
                    "Of the first run; the next have the numbers behind it. Default: " + FIRST_SEED)
    private long seed;

    @Option(
            names = "--runs",
            paramLabel = "NUMBER",
            defaultValue = RUNS + "",
            description = "Of each case. Default: " + RUNS)
    private int runs;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there.")
    private @Nullable Path json;

    @Option(
            names = "--svg",
            paramLabel = "DIR",
            description = "Writes a plot of each case there: rates and queuing delay over time.")
    private @Nullable Path svg;

    private BweReport() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new BweReport()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (runs < 1) {
            throw new IllegalArgumentException("--runs is " + runs + ", expected 1 or more");
        }
        List<CaseSummary> cases = chosen().stream().map(this::run).toList();
        System.out.print(ReportTable.of(cases));
        if (json != null) {
            Files.writeString(json, ReportJson.of(cases, seed));
        }
        if (svg != null) {
            Files.createDirectories(svg);
            for (CaseSummary one : cases) {
                Files.writeString(svg.resolve(one.id() + ".svg"), CasePlot.of(one.first()));
            }
        }
        return cases.stream().allMatch(CaseSummary::isMet) ? 0 : 1;
    }

    private CaseSummary run(TestCase test) {
        return new CaseSummary(
                LongStream.range(seed, seed + runs).parallel().mapToObj(test.run()).toList());
    }

    private List<TestCase> chosen() {
        List<TestCase> all = new ArrayList<>(Rfc8867.all());
        all.addAll(FurtherCases.all());
        List<String> known = all.stream().map(TestCase::id).toList();
        for (String id : ids) {
            if (!known.contains(id)) {
                throw new IllegalArgumentException("There is no case " + id + " of " + known);
            }
        }
        return all.stream().filter(one -> ids.isEmpty() || ids.contains(one.id())).toList();
    }
}
