package dev.sluice.bench.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.bench.run.MetricsText;

import org.junit.jupiter.api.Test;

import java.util.List;

class RunTableTest {

    private static final double SECONDS = 10;
    private static final FramePattern PATTERN = new FramePattern(300, 9.5, 0.42, 1);

    private static MetricsText metrics(
            int packets, int bytes, int segmented, int sends, int padding) {
        return new MetricsText(
                """
                sluice_rtp_packets_total{direction="in"} 777.0
                sluice_rtp_packets_total{direction="out"} %d
                sluice_rtp_bytes_total{direction="in"} 777.0
                sluice_rtp_bytes_total{direction="out"} %d
                sluice_udp_segmented_packets_total %d
                sluice_udp_segmented_sends_total %d
                sluice_rtp_equalizing_bytes_total %d
                """
                        .formatted(packets, bytes, segmented, sends, padding));
    }

    private static Figures figures(int segmented, int sends, int padding) {
        MetricsText before = metrics(5000, 6_000_000, 3000, 500, 40_000);
        MetricsText after =
                metrics(6000, 7_000_000 + padding, 3000 + segmented, 500 + sends, 40_000 + padding);
        return Figures.between(before, after, SECONDS, PATTERN);
    }

    @Test
    void countsOnlyWhatCameInTheMeasuredSpan() {
        Figures figures = figures(800, 100, 5000);
        assertThat(figures.packetsPerSecond()).isEqualTo(100);
        assertThat(figures.kbps()).isEqualTo(800);
        assertThat(figures.paddingPercent()).isEqualTo(0.5, within(1e-9));
        assertThat(figures.runs().shareAlone()).isEqualTo(0.2);
    }

    @Test
    void hasNoPercentageOfNothing() {
        MetricsText none = MetricsText.EMPTY;
        assertThat(Figures.between(none, none, SECONDS, PATTERN).paddingPercent()).isNaN();
    }

    @Test
    void setsTheRunsWithAndWithoutEqualisingSideBySide() {
        Wish wish = new Wish("VP8", 600);
        Row row = new Row(Browser.CHROMIUM, wish, figures(500, 250, 0), figures(800, 100, 5000));
        assertThat(RunTable.of(List.of(row)))
                .endsWith(
                        "| Chromium | VP8 | 600 | 800 | 100 | 9.50 | 0.42 | 100 % | 1.33 | 3.33 |"
                                + " 50 % | 20 % | 0.50 % |\n");
    }

    @Test
    void showsADashWhereNothingWasCaptured() {
        MetricsText before = metrics(0, 0, 0, 0, 0);
        MetricsText after = metrics(1000, 1_000_000, 0, 0, 0);
        Figures unseen = Figures.between(before, after, SECONDS, FramePattern.UNKNOWN);
        Row row = new Row(Browser.FIREFOX, new Wish("VP9", 2500), unseen, unseen);
        assertThat(RunTable.of(List.of(row))).contains("| 100 | - | - | - | 1.00 | 1.00 | 100 % |");
    }

    @Test
    void doubtsARateThatIsFarBelowWhatWasAskedFor() {
        Figures at800 = figures(800, 100, 0);
        assertThat(new Row(Browser.CHROMIUM, new Wish("VP8", 1000), at800, at800).doubt())
                .isEmpty();
        assertThat(new Row(Browser.CHROMIUM, new Wish("VP8", 2500), at800, at800).doubt())
                .contains("Chromium, VP8 at 2500 kbit/s: 800 came");
    }
}
