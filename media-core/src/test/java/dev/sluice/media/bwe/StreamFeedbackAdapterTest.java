package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.CongestionControlFeedback;
import dev.sluice.media.rtcp.StreamFeedback;

import org.junit.jupiter.api.Test;

import java.util.List;

class StreamFeedbackAdapterTest {

    private static final long MILLI = 1_000_000L;
    private static final long START = -40_000 * MILLI;

    private final SentPacketHistory history = new SentPacketHistory();
    private final StreamFeedbackAdapter adapter = new StreamFeedbackAdapter();
    private final PacketResults results = new PacketResults();

    @Test
    void tellsArrivalsAndLossesOfTwoStreams() {
        history.add(-1, 7, 65_535, 100, 0, START);
        history.add(-1, 7, 0, 200, 0, START);
        history.add(-1, 8, 5, 300, 0, START);
        var first = new StreamFeedback.Builder(7, 65_535).received(0, 512).missing().build();
        var second = new StreamFeedback.Builder(8, 5).received(0, 0).build();
        read(new CongestionControlFeedback(1, List.of(first, second), 0x1_0000), START);
        assertThat(results.size()).isEqualTo(3);
        assertThat(results.isReceived(0)).isTrue();
        assertThat(results.isReceived(1)).isFalse();
        assertThat(results.sizeBytes(1)).isEqualTo(200);
        assertThat(results.arrivalNanos(2) - results.arrivalNanos(0)).isEqualTo(500 * MILLI);
    }

    @Test
    void anArrivalWithoutATimeCountsAsReceivedOnly() {
        history.add(-1, 7, 1, 100, 0, START);
        history.add(-1, 7, 2, 100, 0, START);
        var stream =
                new StreamFeedback.Builder(7, 1)
                        .received(0, StreamFeedback.OFFSET_OVER_RANGE)
                        .received(0, StreamFeedback.OFFSET_UNAVAILABLE)
                        .build();
        read(new CongestionControlFeedback(1, List.of(stream), 0), START);
        assertThat(results.size()).isEqualTo(2);
        assertThat(results.isReceived(1)).isTrue();
        assertThat(results.timedCount()).isZero();
    }

    @Test
    void theReportTimestampWraps() {
        history.add(-1, 7, 1, 100, 0, START);
        history.add(-1, 7, 2, 100, 0, START);
        read(one(1, 0xFFFF_8000L), START);
        long first = results.arrivalNanos(0);
        read(one(2, 0x0000_8000L), START + 990 * MILLI);
        assertThat(results.arrivalNanos(0) - first).isEqualTo(1_000 * MILLI);
        assertThat(results.hasClockRestarted()).isFalse();
    }

    @Test
    void overlappingReportsCountOnce() {
        history.add(-1, 7, 1, 100, 0, START);
        read(one(1, 0), START);
        read(one(1, 100), START + MILLI);
        assertThat(results.size()).isZero();
    }

    private static CongestionControlFeedback one(int sequence, long timestamp) {
        var stream = new StreamFeedback.Builder(7, sequence).received(0, 0).build();
        return new CongestionControlFeedback(1, List.of(stream), timestamp);
    }

    private void read(CongestionControlFeedback feedback, long nowNanos) {
        results.clear();
        adapter.read(feedback, history, results, nowNanos);
        results.sortByArrival();
    }
}
