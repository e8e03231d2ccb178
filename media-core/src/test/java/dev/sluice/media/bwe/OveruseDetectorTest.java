package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OveruseDetectorTest {

    private static final long MILLI = 1_000_000L;

    /** The trend is the slope times 60 deltas times the gain of 4. */
    private static final double SLOPE_OF_ONE = 1 / 240.0;

    private final OveruseDetector detector = new OveruseDetector();
    private long arrival = -8_000 * MILLI;

    @Test
    void aTrendAboveTheThresholdIsOveruseOnlyWhenItLasts() {
        trend(13);
        assertThat(detector.usage()).isEqualTo(BandwidthUsage.NORMAL);
        trend(13);
        assertThat(detector.usage()).isEqualTo(BandwidthUsage.OVERUSING);
        trend(3);
        assertThat(detector.usage()).isEqualTo(BandwidthUsage.NORMAL);
        trend(-14);
        assertThat(detector.usage()).isEqualTo(BandwidthUsage.UNDERUSING);
    }

    @Test
    void aTrendThatFallsIsNotOveruse() {
        trend(27);
        trend(26);
        trend(25);
        assertThat(detector.usage()).isEqualTo(BandwidthUsage.NORMAL);
    }

    @Test
    void fewDeltasCountLess() {
        detector.onTrend(13 * SLOPE_OF_ONE, 10, 10 * MILLI, arrival += 10 * MILLI);
        detector.onTrend(13 * SLOPE_OF_ONE, 11, 10 * MILLI, arrival += 10 * MILLI);
        detector.onTrend(13 * SLOPE_OF_ONE, 12, 10 * MILLI, arrival += 10 * MILLI);
        assertThat(detector.usage()).isEqualTo(BandwidthUsage.NORMAL);
    }

    @Test
    void theThresholdFollowsTheTrendDownQuicklyAndUpSlowly() {
        trend(0);
        trend(10); // 12.5 + 0.039 × (10 − 12.5) × 10 ms
        assertThat(detector.threshold()).isCloseTo(12.5 - 0.975, within(0.01));
        for (int i = 0; i < 100; i++) {
            trend(0);
        }
        assertThat(detector.threshold()).isEqualTo(6);
        trend(16); // 6 + 0.0087 × (16 − 6) × 10 ms
        assertThat(detector.threshold()).isCloseTo(6.87, within(0.01));
    }

    @Test
    void theThresholdDoesNotFollowASuddenEvent() {
        trend(12);
        double before = detector.threshold();
        trend(before + 15.1);
        assertThat(detector.threshold()).isEqualTo(before);
    }

    @Test
    void theThresholdStaysWithinItsBounds() {
        for (int i = 0; i < 100_000; i++) {
            trend(detector.threshold() + 14);
        }
        assertThat(detector.threshold()).isEqualTo(600);
    }

    private void trend(double value) {
        detector.onTrend(value * SLOPE_OF_ONE, 1_000, 10 * MILLI, arrival += 10 * MILLI);
    }
}
