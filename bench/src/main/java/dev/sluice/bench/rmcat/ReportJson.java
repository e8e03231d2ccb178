package dev.sluice.bench.rmcat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures as JSON; what is not a finite number is null. */
final class ReportJson {

    private ReportJson() {}

    static String of(List<CaseResult> results, long seed) {
        boolean met =
                results.stream().allMatch(one -> one.bars().stream().allMatch(Bar::isMet));
        String cases =
                results.stream().map(ReportJson::result).collect(Collectors.joining(",\n"));
        return "{\"seed\": %d, \"met\": %b, \"cases\": [\n%s\n]}\n".formatted(seed, met, cases);
    }

    private static String result(CaseResult result) {
        String bars =
                result.bars().stream().map(ReportJson::bar).collect(Collectors.joining(",\n    "));
        String flows =
                result.topology().mediaTraces().stream()
                        .map(trace -> flow(trace, result.topology().durationSeconds()))
                        .collect(Collectors.joining(", "));
        return """
                 {"id": "%s", "title": "%s", "utilisation": %s, "queueP50Millis": %s,
                  "queueP95Millis": %s, "lossRatio": %s, "jainIndex": %s,
                  "flows": [%s],
                  "bars": [
                    %s]}"""
                .formatted(
                        result.id(),
                        result.title(),
                        number(result.utilisation()),
                        number(result.queueP50Millis()),
                        number(result.queueP95Millis()),
                        number(result.lossRatio()),
                        number(result.jainIndex()),
                        flows,
                        bars);
    }

    private static String flow(Trace trace, double seconds) {
        return "{\"name\": \"%s\", \"meanBps\": %s, \"lossRatio\": %s}"
                .formatted(
                        trace.name(),
                        number(trace.rateBps(0, seconds)),
                        number(trace.lossRatio(0, seconds)));
    }

    private static String bar(Bar bar) {
        return "{\"name\": \"%s\", \"figure\": %s, \"wanted\": \"%s\", \"limit\": %s, \"unit\": \"%s\", \"met\": %b}"
                .formatted(
                        bar.name(),
                        number(bar.figure()),
                        bar.atLeast() ? "over" : "under",
                        number(bar.limit()),
                        bar.unit(),
                        bar.isMet());
    }

    private static String number(double figure) {
        return Double.isFinite(figure) ? String.format(Locale.ROOT, "%.6g", figure) : "null";
    }
}
