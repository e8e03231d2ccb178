package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Random;

class TrendlineEstimatorTest {

    private static final long MILLI = 1_000_000L;

    private final TrendlineEstimator trendline = new TrendlineEstimator();
    private long arrival = 77 * MILLI;

    @Test
    void findsTheGrowthOfTheDelay() {
        groups(200, 11, 10);
        // 1 ms more delay every 11 ms of arrival
        assertThat(trendline.slope()).isCloseTo(1 / 11.0, within(0.001));
        groups(300, 9, 10);
        assertThat(trendline.slope()).isCloseTo(-1 / 9.0, within(0.001));
    }

    @Test
    void saysNothingBeforeItsWindowIsFull() {
        groups(19, 20, 10);
        assertThat(trendline.slope()).isZero();
        groups(1, 20, 10);
        assertThat(trendline.slope()).isPositive();
    }

    @Test
    void noiseHasNoTrend() {
        var random = new Random(3);
        double sum = 0;
        for (int i = 0; i < 2_000; i++) {
            long delta = 10 * MILLI + (long) (random.nextGaussian() * MILLI);
            arrival += delta;
            trendline.onGroup(delta, 10 * MILLI, arrival);
            sum += trendline.slope();
        }
        assertThat(sum / 2_000).isCloseTo(0, within(0.01));
    }

    @Test
    void aRestartForgetsTheLineButNotHowMuchWasSeen() {
        groups(100, 12, 10);
        trendline.restart();
        assertThat(trendline.slope()).isZero();
        assertThat(trendline.deltaCount()).isEqualTo(100);
        groups(19, 12, 10);
        assertThat(trendline.slope()).isZero();
        trendline.reset();
        assertThat(trendline.deltaCount()).isZero();
    }

    @Test
    void absurdTimesGiveFiniteNumbers() {
        trendline.onGroup(Long.MAX_VALUE, 0, Long.MAX_VALUE);
        trendline.onGroup(Long.MIN_VALUE, 0, Long.MIN_VALUE);
        groups(50, 10, 10);
        assertThat(trendline.slope()).isFinite();
    }

    private void groups(int count, long arrivalMillis, long sendMillis) {
        for (int i = 0; i < count; i++) {
            arrival += arrivalMillis * MILLI;
            trendline.onGroup(arrivalMillis * MILLI, sendMillis * MILLI, arrival);
        }
    }
}
