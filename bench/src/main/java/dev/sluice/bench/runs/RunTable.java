package dev.sluice.bench.runs;

import static dev.sluice.bench.run.Numbers.text;

import java.util.List;

/** The results as a table of Markdown. */
final class RunTable {

    private static final String HEAD =
            """
            | client | codec | asked kbit/s | kbit/s | packets/s | packets/frame | frame's span ms | in 1 ms | run | equalised | alone | equalised | padding |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private static final double PERCENT = 100;

    private RunTable() {}

    static String of(List<Row> rows) {
        StringBuilder table = new StringBuilder(HEAD);
        rows.forEach(row -> table.append(line(row)));
        return table.toString();
    }

    private static String line(Row row) {
        Figures plain = row.plain();
        Figures equalized = row.equalized();
        FramePattern pattern = plain.pattern();
        List<String> cells =
                List.of(
                        row.client().name(),
                        row.wish().codec(),
                        Integer.toString(row.wish().kbps()),
                        "%.0f".formatted(plain.kbps()),
                        "%.0f".formatted(plain.packetsPerSecond()),
                        text(pattern.packetsPerFrame()),
                        text(pattern.medianSpanMillis()),
                        percent(pattern.shareWithinMillisecond()),
                        text(plain.runs().mean()),
                        text(equalized.runs().mean()),
                        percent(plain.runs().shareAlone()),
                        percent(equalized.runs().shareAlone()),
                        text(equalized.paddingPercent()) + " %");
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : "%.0f %%".formatted(share * PERCENT);
    }
}
