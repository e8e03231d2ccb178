package dev.sluice.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.time.Deadline;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class SharedBottleneckTest {

    private static final long MILLI = 1_000_000L;

    private record Arrival(String packet, long queuedNanos, long atNanos) {}

    private final List<Arrival> arrivals = new ArrayList<>();
    private final FlowPath near = new FlowPath(10 * MILLI, 0, 0, 1);
    private final FlowPath far = new FlowPath(100 * MILLI, 0, 0, 2);

    /** 1000 bytes take 10 ms. */
    private final SharedBottleneck<String> link = new SharedBottleneck<>(800_000, 35 * MILLI);

    @Test
    void flowsShareTheQueueAndHaveDelaysOfTheirOwn() {
        link.send("far", 1000, far, 0);
        link.send("near", 1000, near, 0);
        poll(1_000 * MILLI);
        assertThat(arrivals)
                .containsExactly(
                        new Arrival("near", 10 * MILLI, 30 * MILLI),
                        new Arrival("far", 0, 110 * MILLI));
        assertThat(link.nextNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void dropsTheNewestOfWhatWouldWaitTooLong() {
        List<Boolean> sent = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sent.add(link.send("packet", 1000, near, 0));
        }
        assertThat(sent).containsExactly(true, true, true, true, false, false);
        poll(1_000 * MILLI);
        assertThat(arrivals).hasSize(4);
    }

    @Test
    void aChangeOfTheRateCountsForWhatWaitsAlready() {
        link.send("first", 1000, near, 0);
        link.send("second", 1000, near, 0);
        link.rate(400_000, 5 * MILLI); // half of the first is left
        poll(1_000 * MILLI);
        assertThat(arrivals)
                .containsExactly(
                        new Arrival("first", 0, 25 * MILLI),
                        new Arrival("second", 15 * MILLI, 45 * MILLI));
    }

    @Test
    void jitterStaysWithinItsBoundAndKeepsTheOrder() {
        var jittery = new FlowPath(10 * MILLI, 30 * MILLI, 0, 7);
        var fast = new SharedBottleneck<String>(800_000_000, 35 * MILLI);
        for (int i = 0; i < 500; i++) {
            fast.send("%03d".formatted(i), 1000, jittery, i * 2L * MILLI);
        }
        fast.poll(
                2_000 * MILLI,
                (packet, queued, at) -> arrivals.add(new Arrival(packet, queued, at)));
        assertThat(arrivals).hasSize(500).extracting(Arrival::packet).isSorted();
        for (int i = 0; i < 500; i++) {
            assertThat(arrivals.get(i).atNanos() - i * 2L * MILLI)
                    .isBetween(10 * MILLI, 10 * MILLI + 31 * MILLI);
        }
    }

    @Test
    void losesAboutTheGivenRatio() {
        var lossy = new FlowPath(0, 0, 0.1, 3);
        int kept = 0;
        for (int i = 0; i < 10_000; i++) {
            kept += link.send("packet", 1, lossy, i * MILLI) ? 1 : 0;
        }
        assertThat(kept).isBetween(8_850, 9_150);
    }

    private void poll(long nowNanos) {
        link.poll(nowNanos, (packet, queued, at) -> arrivals.add(new Arrival(packet, queued, at)));
    }
}
