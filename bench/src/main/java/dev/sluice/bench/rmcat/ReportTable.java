package dev.sluice.bench.rmcat;

import java.util.List;
import java.util.Locale;

/** The figures as text: a table, then the bars. */
final class ReportTable {

    private static final String ROW = "%-6s %-42s %8s %9s %9s %8s %7s%n";

    private ReportTable() {}

    static String of(List<CaseSummary> cases) {
        var out = new StringBuilder();
        out.append(ROW.formatted("case", "", "used %", "p50 ms", "p95 ms", "loss %", "Jain"));
        for (CaseSummary one : cases) {
            out.append(
                    ROW.formatted(
                            one.id(),
                            one.title(),
                            number(100 * one.median(CaseResult::utilisation), 1),
                            number(one.median(CaseResult::queueP50Millis), 1),
                            number(one.median(CaseResult::queueP95Millis), 1),
                            number(100 * one.median(CaseResult::lossRatio), 2),
                            number(one.median(CaseResult::jainIndex), 3)));
        }
        out.append(
                """
                Medians of %d runs. Used: of the capacity by media, in the worst span of steady state;
                p50, p95: how long media waited at the bottleneck in steady state.

                """
                        .formatted(cases.getFirst().runs().size()));
        for (CaseSummary one : cases) {
            for (JudgedBar bar : one.bars()) {
                out.append("%-6s %s%n".formatted(one.id(), bar));
            }
        }
        return out.toString();
    }

    private static String number(double figure, int decimals) {
        return Double.isNaN(figure)
                ? ""
                : String.format(Locale.ROOT, "%." + decimals + "f", figure);
    }
}
