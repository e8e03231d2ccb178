package dev.sluice.bench.rmcat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures as JSON; what is not a finite number is null. */
final class ReportJson {

    private ReportJson() {}

    static String of(List<CaseSummary> all, long seed) {
        String cases = all.stream().map(ReportJson::summary).collect(Collectors.joining(",\n"));
        return "{\"firstSeed\": %d, \"met\": %b, \"cases\": [\n%s\n]}\n"
                .formatted(seed, all.stream().allMatch(CaseSummary::isMet), cases);
    }

    private static String summary(CaseSummary one) {
        String bars =
                one.bars().stream().map(ReportJson::bar).collect(Collectors.joining(",\n    "));
        Topology topology = one.first().topology();
        String flows =
                topology.mediaTraces().stream()
                        .map(trace -> flow(trace, topology.durationSeconds()))
                        .collect(Collectors.joining(", "));
        return """
        {"id": "%s", "title": "%s", "runs": %d, "utilisation": %s, "queueP50Millis": %s,
         "queueP95Millis": %s, "lossRatio": %s, "jainIndex": %s,
         "flowsOfFirstRun": [%s],
         "bars": [
           %s]}\
        """
                .formatted(
                        one.id(),
                        one.title(),
                        one.runs().size(),
                        number(one.median(CaseResult::utilisation)),
                        number(one.median(CaseResult::queueP50Millis)),
                        number(one.median(CaseResult::queueP95Millis)),
                        number(one.median(CaseResult::lossRatio)),
                        number(one.median(CaseResult::jainIndex)),
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

    private static String bar(JudgedBar bar) {
        return """
        {"name": "%s", "median": %s, "worst": %s, "wanted": "%s", "limit": %s, \
        "unit": "%s", "missedRuns": %d, "met": %b}\
        """
                .formatted(
                        bar.median().name(),
                        number(bar.median().figure()),
                        number(bar.worst()),
                        bar.median().atLeast() ? "over" : "under",
                        number(bar.median().limit()),
                        bar.median().unit(),
                        bar.missed(),
                        bar.isMet());
    }

    private static String number(double figure) {
        return Double.isFinite(figure) ? String.format(Locale.ROOT, "%.6g", figure) : "null";
    }
}
