package dev.sluice.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

class MetricsTextTest {

    private static final String TEXT =
            """
            # HELP sluice_rtp_packets_total RTP packets
            # TYPE sluice_rtp_packets_total counter
            sluice_rtp_packets_total{direction="in"} 100.0
            sluice_rtp_packets_total{direction="out"} 9.0E3
            sluice_udp_segmented_packets_total 8000.0
            sluice_udp_segmented_sends_total 1000.0
            jvm_memory_used_bytes{area="heap",id="ZGC Old"} 5.0
            jvm_memory_used_bytes{area="heap",id="ZGC Young} 1"} 7.0 1700000000
            jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 100.0
            sluice_datagrams_dropped_total{reason="malformed"} 0.0
            sluice_datagrams_dropped_total{reason="unknown_ufrag"} 3.0
            bucket{le="+Inf"} +Inf
            """;

    private final MetricsText metrics = new MetricsText(TEXT);

    @Test
    void sumsTheSeriesOfANameThatHaveTheLabels() {
        assertThat(metrics.sum("jvm_memory_used_bytes", "area=\"heap\"")).isEqualTo(12);
        assertThat(metrics.sum("jvm_memory_used_bytes")).isEqualTo(112);
        assertThat(metrics.sum("jvm_memory_used")).isZero();
    }

    @Test
    void tellsWhichCountersMoved() {
        assertThat(metrics.notZero("sluice_datagrams_dropped_total"))
                .isEqualTo(Map.of("sluice_datagrams_dropped_total{reason=\"unknown_ufrag\"}", 3.0));
        assertThat(metrics.has("bucket", "le=\"+Inf\"")).isTrue();
        assertThat(metrics.has("bucket", "le=\"1\"")).isFalse();
    }

    @Test
    void tellsHowLongRunsWere() {
        SendRuns runs = SendRuns.between(MetricsText.EMPTY, metrics);
        assertThat(runs.meanSegmented()).isEqualTo(8);
        assertThat(runs.alone()).isEqualTo(1000);
        // 9000 packets by 1000 segmented sends and 1000 single ones.
        assertThat(runs.mean()).isEqualTo(4.5);
        assertThat(runs.shareAlone()).isEqualTo(1.0 / 9);
    }

    @Test
    void countsOnlyWhatCameInBetween() {
        SendRuns none = SendRuns.between(metrics, metrics);
        assertThat(none.packets()).isZero();
        assertThat(none.mean()).isNaN();
        assertThat(none.meanSegmented()).isNaN();
    }
}
