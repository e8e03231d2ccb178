package dev.sluice.bench.rmcat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class FiguresTest {

    private static final long SECOND = 1_000_000_000;

    private final Trace trace = new Trace("flow", 10 * SECOND);

    @Test
    void aTraceTellsRatesLossesAndWaitsOfASpan() {
        for (int i = 0; i < 100; i++) {
            long at = i * SECOND / 10;
            trace.onSent(i % 10 == 0, at);
            trace.onArrival(1000, i * 1_000_000L, at);
        }
        assertThat(trace.rateBps(2, 4)).isEqualTo(80_000);
        assertThat(trace.leastRateBps(0, 10, 2)).isEqualTo(80_000);
        assertThat(trace.lossRatio(0, 10)).isEqualTo(0.1);
        assertThat(trace.waitsMillis(new Span(2, 2.3))).containsExactly(20, 21, 22);
        assertThat(trace.longestWaitMillis(0, 5)).isEqualTo(49);
    }

    @Test
    void aBarIsMissedByItsLimitAndByWhatIsNoNumber() {
        assertThat(Bar.over("share", 20.1, 20, "%").isMet()).isTrue();
        assertThat(Bar.over("share", 20, 20, "%").isMet()).isFalse();
        assertThat(Bar.under("delay", 99, 100, "ms").isMet()).isTrue();
        assertThat(Bar.under("delay", 100, 100, "ms").isMet()).isFalse();
        assertThat(Bar.under("delay", Double.NaN, 100, "ms").isMet()).isFalse();
        assertThat(Bar.over("rate", Double.NaN, 1, "s").isMet()).isFalse();
    }

    @Test
    void theReportNamesWhatIsMissed() {
        var topology =
                new Topology(
                        1,
                        300,
                        List.of(new Link.Step(0, 1_000_000)),
                        List.of(new Link.Step(0, 1_000_000)),
                        1);
        CaseResult result =
                new Figures(topology)
                        .bar(Bar.over("rate", 1, 2, "Mbit/s"))
                        .bar(Bar.under("recovery", Double.POSITIVE_INFINITY, 2, "s"))
                        .result("x", "A case");
        var cases = List.of(new CaseSummary(List.of(result)));
        assertThat(ReportTable.of(cases))
                .contains("MISSED rate: 1.00 Mbit/s, wanted over 2.00")
                .contains("missed in 1 of 1 runs");
        assertThat(ReportJson.of(cases, 1))
                .contains("\"met\": false")
                .contains("\"name\": \"recovery\", \"median\": null");
    }

    @Test
    void theSameSeedGivesTheSameFigures() {
        assertThat(figures(3)).isEqualTo(figures(3)).isNotEqualTo(figures(4));
    }

    @Test
    void theMedianOfTheRunsDecides() {
        List<Bar> bars =
                List.of(
                        Bar.over("share", 30, 20, "%"),
                        Bar.over("share", 10, 20, "%"),
                        Bar.over("share", 25, 20, "%"));
        JudgedBar judged = JudgedBar.of(bars);
        assertThat(judged.isMet()).isTrue();
        assertThat(judged.worst()).isEqualTo(10);
        assertThat(judged.missed()).isEqualTo(1);
        assertThat(judged.median().figure()).isEqualTo(25);
    }

    private static String figures(long seed) {
        CaseResult result = Rfc8867.all().getFirst().run().apply(seed);
        return ReportJson.of(List.of(new CaseSummary(List.of(result))), seed);
    }
}
