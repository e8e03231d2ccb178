package dev.sluice.bench.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class FramePatternTest {

    private static final long MILLI = 1_000_000;
    private static final long VIDEO = 7;

    private final List<Arrival> arrivals = new ArrayList<>();

    private void frame(long timestamp, long... millis) {
        for (long at : millis) {
            arrivals.add(new Arrival(at * MILLI, 1200, VIDEO, timestamp));
        }
    }

    @Test
    void tellsPacketsOfAFrameByTheirTimestamp() {
        frame(0, 0, 0, 0);
        frame(3000, 33);
        FramePattern pattern = FramePattern.of(arrivals);
        assertThat(pattern.frames()).isEqualTo(2);
        assertThat(pattern.packetsPerFrame()).isEqualTo(2);
    }

    @Test
    void tellsBurstsFromPacedFramesAndLeavesSinglePacketsOut() {
        frame(0, 0, 0, 1);
        frame(3000, 33);
        frame(6000, 66, 71, 76);
        frame(9000, 99, 104, 111);
        FramePattern pattern = FramePattern.of(arrivals);
        assertThat(pattern.medianSpanMillis()).isEqualTo(10);
        assertThat(pattern.shareWithinMillisecond()).isEqualTo(1.0 / 3);
    }

    @Test
    void leavesRetransmissionsOut() {
        frame(0, 0, 1);
        arrivals.add(new Arrival(50 * MILLI, 1200, VIDEO + 1, 0));
        assertThat(FramePattern.of(arrivals).packetsPerFrame()).isEqualTo(2);
        assertThat(FramePattern.of(arrivals).medianSpanMillis()).isEqualTo(1);
    }

    @Test
    void isNoNumberWhereNothingCame() {
        assertThat(FramePattern.UNKNOWN.packetsPerFrame()).isNaN();
        assertThat(FramePattern.UNKNOWN.medianSpanMillis()).isNaN();
    }
}
