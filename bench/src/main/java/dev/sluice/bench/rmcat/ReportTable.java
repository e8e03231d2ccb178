package dev.sluice.bench.rmcat;

import java.util.List;
import java.util.Locale;

/** The figures as text: a table, then the bars. */
final class ReportTable {

    private static final String ROW = "%-6s %-42s %8s %9s %9s %8s %7s%n";

    private ReportTable() {}

    static String of(List<CaseResult> results) {
        var out = new StringBuilder();
        out.append(
                ROW.formatted(
                        "case", "", "used %", "p50 ms", "p95 ms", "loss %", "Jain"));
        for (CaseResult result : results) {
            out.append(
                    ROW.formatted(
                            result.id(),
                            result.title(),
                            number(100 * result.utilisation(), 1),
                            number(result.queueP50Millis(), 1),
                            number(result.queueP95Millis(), 1),
                            number(100 * result.lossRatio(), 2),
                            number(result.jainIndex(), 3)));
        }
        out.append(
                "used: of the capacity by media, in the worst span of steady state; p50, p95: how"
                        + " long media waited at the bottleneck in steady state\n\n");
        for (CaseResult result : results) {
            for (Bar bar : result.bars()) {
                out.append("%-6s %s%n".formatted(result.id(), bar));
            }
        }
        return out.toString();
    }

    private static String number(double figure, int decimals) {
        return Double.isNaN(figure) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", figure);
    }
}
