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

/** Runs the test cases and tells their figures; bin/bwe-report. */
@Command(
        name = "bwe-report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the test cases of RFC 8867 section 5, and some more, for the bandwidth estimation"
                    + " and the pacer, in virtual time.",
            "Exits with 1 when a bar is missed, and names it."
        })
public final class BweReport implements Callable<Integer> {

    @Option(
            names = "--case",
            paramLabel = "ID",
            description = "Only this case, as 5.1; may be given more than once.")
    private List<String> ids = List.of();

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Of all randomness. Default: 1")
    private long seed;

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
        List<CaseResult> results = new ArrayList<>();
        for (TestCase test : chosen()) {
            results.add(test.run().apply(seed));
        }
        System.out.print(ReportTable.of(results));
        if (json != null) {
            Files.writeString(json, ReportJson.of(results, seed));
        }
        if (svg != null) {
            Files.createDirectories(svg);
            for (CaseResult result : results) {
                Files.writeString(svg.resolve(result.id() + ".svg"), CasePlot.of(result));
            }
        }
        return results.stream().allMatch(BweReport::isMet) ? 0 : 1;
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

    private static boolean isMet(CaseResult result) {
        return result.bars().stream().allMatch(Bar::isMet);
    }
}
