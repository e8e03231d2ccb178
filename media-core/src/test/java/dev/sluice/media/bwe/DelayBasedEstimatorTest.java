package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelayBasedEstimatorTest {

    private static final long MILLI = 1_000_000L;
    private static final long ESTIMATE_BPS = 3_000_000;

    private final Results results = new Results();
    private final DelayBasedEstimator estimator =
            new DelayBasedEstimator(
                    true,
                    new EstimatorSettings(EstimationMode.HYBRID, 300_000, 50_000, 20_000_000));
    private long now = 4_000 * MILLI;

    @Test
    void aQueueOf40MillisecondsIsTooMuchForALargeFlow() {
        makeQueue(ESTIMATE_BPS);
        assertThat(estimator.estimateBps()).isLessThan(ESTIMATE_BPS);
    }

    /** It yields as the small flow that it is. */
    @Test
    void butNotForASmallFlowWhoseEstimateHasRoomForMuchMore() {
        makeQueue(600_000);
        assertThat(estimator.estimateBps()).isEqualTo(ESTIMATE_BPS);
    }

    /** A packet each 10 ms, with a feedback each 50; the queue grows from 0 to 40 ms. */
    private void makeQueue(long acknowledgedBps) {
        estimator.setEstimate(ESTIMATE_BPS, now);
        run(40, 0, acknowledgedBps);
        run(8, 1, acknowledgedBps);
    }

    private void run(int feedbacks, int growthMillis, long acknowledgedBps) {
        int queueMillis = 0;
        for (int i = 0; i < feedbacks; i++) {
            results.next();
            for (int packet = 0; packet < 5; packet++) {
                now += 10 * MILLI;
                queueMillis += growthMillis;
                results.received(now, now + (50 + queueMillis) * MILLI, 750);
            }
            estimator.onResults(results.sorted(), acknowledgedBps, -1, true, now);
        }
    }
}
