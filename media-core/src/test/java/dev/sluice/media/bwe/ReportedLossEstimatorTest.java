package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.media.rtcp.ReportBlock;

import org.junit.jupiter.api.Test;

class ReportedLossEstimatorTest {

    private static final long SECOND = 1_000_000_000L;

    private final ReportedLossEstimator estimator =
            new ReportedLossEstimator(
                    new EstimatorSettings(EstimationMode.HYBRID, 500_000, 50_000, 5_000_000));
    private long now = -10 * SECOND;
    private long highest = 65_000;
    private int lost;
    private long sentBytes;

    @Test
    void growsByEightPercentASecondWithoutLoss() {
        report(100, 0, 100_000);
        for (int i = 0; i < 5; i++) {
            report(100, 0, 100_000);
        }
        assertThat(estimator.estimateBps())
                .isCloseTo((long) (500_000 * Math.pow(1.08, 5)), within(10_000L));
    }

    @Test
    void growsNoFurtherThanHalfOverWhatIsSent() {
        for (int i = 0; i < 50; i++) {
            report(100, 0, 50_000);
        }
        assertThat(estimator.estimateBps()).isEqualTo(610_000);
    }

    @Test
    void staysBetweenTwoAndTenPercentOfLoss() {
        for (int i = 0; i < 10; i++) {
            report(100, 5, 100_000);
        }
        assertThat(estimator.estimateBps()).isEqualTo(500_000);
        assertThat(estimator.lossRatio()).isEqualTo(0.05);
    }

    @Test
    void fallsByHalfOfAHighLoss() {
        report(100, 0, 0);
        report(100, 20, 0);
        assertThat(estimator.estimateBps()).isEqualTo(450_000);
        report(100, 20, 0);
        assertThat(estimator.estimateBps()).isEqualTo(405_000);
    }

    @Test
    void fallsOnceARoundTripOnly() {
        report(100, 0, 0);
        report(100, 50, 0);
        long fallen = estimator.estimateBps();
        highest += 100;
        lost += 50;
        estimator.onReportBlock(block(7), SECOND / 2, sentBytes, now + SECOND / 10);
        assertThat(estimator.estimateBps()).isEqualTo(fallen);
    }

    @Test
    void aReportWithoutNewPacketsIsNoNews() {
        assertThat(estimator.onReportBlock(block(7), 0, sentBytes, now)).isTrue();
        assertThat(estimator.onReportBlock(block(7), 0, sentBytes, now + SECOND)).isFalse();
        highest += 1;
        assertThat(estimator.onReportBlock(block(7), 0, sentBytes, now + 2 * SECOND)).isTrue();
    }

    @Test
    void manyStreamsAndLeapsOfNumbersAreHarmless() {
        for (int ssrc = 0; ssrc < 1_000; ssrc++) {
            highest = (highest * 31 + ssrc * 77_777_777L) & 0xFFFF_FFFFL;
            lost = ssrc * 12_345 - 5_000_000;
            estimator.onReportBlock(block(ssrc % 50), -1, sentBytes, now += SECOND / 50);
        }
        assertThat(estimator.estimateBps()).isBetween(50_000L, 5_000_000L);
        assertThat(estimator.lossRatio()).isBetween(0.0, 1.0);
    }

    private void report(int packets, int newlyLost, int bytes) {
        sentBytes += bytes;
        highest += packets;
        lost += newlyLost;
        estimator.onReportBlock(block(7), 50_000_000, sentBytes, now += SECOND);
    }

    private ReportBlock block(long ssrc) {
        return new ReportBlock(ssrc, 0, lost, highest, 0, 0, 0);
    }
}
