package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThresholdIsBetween(11.52, 11.53);
        for (int i = 0; i < 100; i++) {
            trend(0);
        }
        assertThresholdIsBetween(5.99, 6.01);
        trend(16); // 6 + 0.0087 × (16 − 6) × 10 ms
        assertThresholdIsBetween(6.865, 6.875);
    }

    @Test
    void theThresholdDoesNotFollowASuddenEvent() {
        trend(12);
        trend(12.5 + 15.1);
        assertThresholdIsBetween(12.49, 12.51);
    }

    @Test
    void theThresholdStaysWithinItsBounds() {
        for (int i = 0; i < 1_000; i++) {
            trend(24 + i); // as fast as the threshold can follow
        }
        assertThresholdIsBetween(599.99, 600.01);
    }

    /** A trend below minus the threshold is underuse at once; one so near to it hardly moves it. */
    private void assertThresholdIsBetween(double low, double high) {
        trend(-low);
        assertThat(detector.usage()).as("at -%s", low).isEqualTo(BandwidthUsage.NORMAL);
        trend(-high);
        assertThat(detector.usage()).as("at -%s", high).isEqualTo(BandwidthUsage.UNDERUSING);
    }

    private void trend(double value) {
        detector.onTrend(value * SLOPE_OF_ONE, 1_000, 10 * MILLI, arrival += 10 * MILLI);
    }
}
