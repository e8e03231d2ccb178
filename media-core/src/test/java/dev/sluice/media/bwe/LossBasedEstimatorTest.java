package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Random;

class LossBasedEstimatorTest {

    private static final long MILLI = 1_000_000L;
    private static final EstimatorSettings SETTINGS =
            new EstimatorSettings(EstimationMode.HYBRID, 300_000, 50_000, 20_000_000);

    private final LossBasedEstimator estimator = new LossBasedEstimator(SETTINGS);
    private final LossObservations observations = new LossObservations();
    private final Results results = new Results();
    private final Random random = new Random(11);
    private long now = -7_000 * MILLI;

    @Test
    void withoutLossTheDelayDecides() {
        send(5_000, 2_000_000, 0, 3_000_000);
        assertThat(estimator.isReady()).isTrue();
        assertThat(estimator.state()).isEqualTo(LossState.DELAY_BASED);
        assertThat(estimator.lossRatio()).isZero();
    }

    @Test
    void isNotReadyBeforeThreeObservations() {
        send(700, 2_000_000, 0.5, 3_000_000);
        assertThat(estimator.isReady()).isFalse();
        send(200, 2_000_000, 0.5, 3_000_000);
        assertThat(estimator.isReady()).isTrue();
    }

    @Test
    void halfOfThePacketsLostBringsItDownFar() {
        send(2_000, 2_000_000, 0, 2_000_000);
        send(5_000, 2_000_000, 0.5, 2_000_000);
        assertThat(estimator.state()).isEqualTo(LossState.DECREASING);
        assertThat(estimator.estimateBps()).isLessThan(1_200_000);
    }

    @Test
    void aLittleLossIsTheLinksOwn() {
        send(10_000, 2_000_000, 0.02, 2_000_000);
        assertThat(estimator.estimateBps()).isGreaterThanOrEqualTo(1_900_000);
    }

    @Test
    void recoversWhenTheLossEnds() {
        send(2_000, 2_000_000, 0, 2_000_000);
        send(3_000, 2_000_000, 0.5, 2_000_000);
        long low = estimator.estimateBps();
        for (int i = 0; i < 40; i++) {
            send(500, Math.min(estimator.estimateBps(), 2_000_000), 0, 2_000_000);
        }
        assertThat(estimator.estimateBps()).isGreaterThan(low).isEqualTo(2_000_000);
        assertThat(estimator.state()).isEqualTo(LossState.DELAY_BASED);
    }

    /** 100 kbit/s over the loss above 5 %, or half more without a sign of congestion. */
    @Test
    void highLossBoundsItAtOnce() {
        var calm = new LossBasedEstimator(SETTINGS);
        for (int i = 0; i < 100; i++) {
            results.next();
            for (int packet = 0; packet < 10; packet++) {
                now += 10 * MILLI;
                if (packet < 3) {
                    results.lost(now, 1_000);
                } else {
                    results.received(now, now, 1_000);
                }
            }
            estimator.onResults(results.sorted(), 50_000, 800_000, false, false);
            calm.onResults(results.sorted(), 50_000, 800_000, false, true);
        }
        assertThat(estimator.lossRatio()).isCloseTo(0.3, within(0.02));
        assertThat(estimator.estimateBps()).isLessThanOrEqualTo(420_000);
        assertThat(calm.estimateBps()).isLessThanOrEqualTo(630_000);
    }

    @Test
    void whatArrivesIsNeverTakenAway() {
        for (int i = 0; i < 50; i++) {
            results.next();
            for (int packet = 0; packet < 30; packet++) {
                now += 3 * MILLI;
                if (packet % 2 == 0) {
                    results.lost(now, 1_000);
                } else {
                    results.received(now, now, 1_000);
                }
            }
            estimator.onResults(results.sorted(), 1_300_000, 2_600_000, false, false);
        }
        assertThat(estimator.estimateBps()).isGreaterThanOrEqualTo(1_300_000);
    }

    @Test
    void anObservationLastsAtLeastAQuarterOfASecond() {
        assertThat(observe(0, 100, 1_000, false)).isFalse();
        assertThat(observe(200, 249, 1_000, false)).isFalse();
        assertThat(observe(250, 250, 1_000, true)).isTrue();
        assertThat(observations.count()).isEqualTo(1);
        assertThat(observations.sizeKilobytes(0)).isEqualTo(5);
        assertThat(observations.lostKilobytes(0)).isEqualTo(2);
        assertThat(observations.rateBps(0)).isCloseTo(160_000, within(1.0));
    }

    @Test
    void aPacketThatCameAfterAllIsNotLost() {
        observations.onResults(results.next().lost(now, 1_000).sorted());
        observations.onResults(results.next().corrected(now, now, 1_000).sorted());
        long later = now + 300 * MILLI;
        observations.onResults(results.next().received(later, later, 1_000).sorted());
        assertThat(observations.lostKilobytes(0)).isZero();
        assertThat(observations.sizeKilobytes(0)).isEqualTo(2);
    }

    @Test
    void theBestAndTheWorstObservationAreLeftOut() {
        for (int i = 0; i < 10; i++) {
            results.next();
            for (int packet = 0; packet < 10; packet++) {
                now += 30 * MILLI;
                if (i == 5 || packet == 0) {
                    results.lost(now, 1_000);
                } else {
                    results.received(now, now, 1_000);
                }
            }
            observations.onResults(results.sorted());
        }
        assertThat(observations.lossRatio()).isCloseTo(0.1, within(0.03));
    }

    /** A link with a bandwidth that loses the rest is recognized as that. */
    @Test
    void theTrueBandwidthIsTheLikeliest() {
        var model = new LossModel(observations);
        for (int i = 0; i < 200; i++) {
            now += 10 * MILLI;
            results.next();
            // 800 kbit/s are sent, every fourth packet is lost
            observations.onResults(
                    i % 4 == 0
                            ? results.lost(now, 1_000).sorted()
                            : results.received(now, now, 1_000).sorted());
        }
        double truth = likelihood(model, 600_000);
        assertThat(truth).isGreaterThan(likelihood(model, 300_000));
        assertThat(truth).isGreaterThan(likelihood(model, 900_000));
    }

    private static double likelihood(LossModel model, double bps) {
        return model.likelihood(bps, model.likelyLoss(0.01, bps));
    }

    private boolean observe(long firstMillis, long lastMillis, int sizeBytes, boolean lost) {
        long first = now + firstMillis * MILLI;
        long last = now + lastMillis * MILLI;
        results.next().lost(first, sizeBytes);
        if (firstMillis == lastMillis) {
            return observations.onResults(results.next().lost(first, sizeBytes).sorted());
        }
        results.next().received(first, first, sizeBytes);
        if (lost || firstMillis == 200) {
            results.lost(last, sizeBytes);
        } else {
            results.received(last, last, sizeBytes);
        }
        return observations.onResults(results.sorted());
    }

    private void send(int millis, long bps, double loss, long delayEstimateBps) {
        for (int i = 0; i < millis; i += 50) {
            results.next();
            long bytes = bps / 20 / 8;
            for (int packet = 0; packet < 10; packet++) {
                now += 5 * MILLI;
                int size = (int) (bytes / 10);
                if (random.nextDouble() < loss) {
                    results.lost(now, size);
                } else {
                    results.received(now, now, size);
                }
            }
            long acknowledged = (long) (bps * (1 - loss));
            estimator.onResults(results.sorted(), acknowledged, delayEstimateBps, false, false);
        }
    }
}
