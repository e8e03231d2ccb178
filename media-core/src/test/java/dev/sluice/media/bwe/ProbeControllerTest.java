package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ProbeControllerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long CALM = 60 * SECOND;
    private static final long START = -50 * SECOND;

    private final ProbeController probes =
            new ProbeController(
                    new EstimatorSettings(EstimationMode.HYBRID, 300_000, 50_000, 10_000_000));

    @Test
    void beginsWithThreeAndSixTimesTheStartOnceMediaFlows() {
        assertThat(rates()).isEmpty();
        probes.onFirstPacket(START);
        probes.onFirstPacket(START + 1);
        assertThat(rates()).containsExactly(900_000L, 1_800_000L);
    }

    @Test
    void goesFurtherWhileProbesSucceed() {
        probes.onFirstPacket(START);
        rates();
        probes.onEstimate(1_250_000, 1_250_000, LossState.DELAY_BASED, START + 1);
        assertThat(rates()).isEmpty(); // 69 %
        probes.onEstimate(1_300_000, 1_300_000, LossState.DELAY_BASED, START + 2);
        assertThat(rates()).containsExactly(2_600_000L);
        probes.onEstimate(2_500_000, 2_500_000, LossState.DELAY_BASED, START + 3);
        assertThat(rates()).containsExactly(5_000_000L);
        probes.onEstimate(4_900_000, 4_900_000, LossState.DELAY_BASED, START + 4);
        assertThat(rates()).containsExactly(9_800_000L);
        probes.onEstimate(9_000_000, 9_000_000, LossState.DELAY_BASED, START + 5);
        assertThat(rates()).containsExactly(10_000_000L); // the most there is
        probes.onEstimate(10_000_000, 10_000_000, LossState.DELAY_BASED, START + 6);
        assertThat(rates()).isEmpty();
    }

    @Test
    void aResultThatIsLateIsNotWaitedFor() {
        probes.onFirstPacket(START);
        rates();
        probes.onDeadline(CALM, START + SECOND + 1);
        probes.onEstimate(1_800_000, 1_800_000, LossState.DELAY_BASED, START + SECOND + 2);
        assertThat(rates()).isEmpty();
    }

    @Test
    void probesNoFurtherThanFiveTimesWhatIsWanted() {
        probes.onDemand(150_000, START);
        probes.onFirstPacket(START);
        assertThat(rates()).containsExactly(750_000L);
        settle(700_000);
        probes.onApplicationLimit(true, START);
        later(20);
        assertThat(rates()).isEmpty(); // 700 000 is enough for 150 000 and its key frames
    }

    @Test
    void looksThreeTimesForRoomForKeyFramesBeyondWhatIsNeeded() {
        probes.onDemand(600_000, START);
        settle(1_200_000);
        probes.onApplicationLimit(true, START + 2 * SECOND);
        later(60);
        assertThat(rates()).containsExactly(2_400_000L, 2_400_000L, 2_400_000L);
        probes.onDemand(800_000, START + 61 * SECOND);
        probes.onDeadline(CALM, START + 61 * SECOND);
        assertThat(rates()).isEmpty();
        probes.onDemand(910_000, START + 62 * SECOND);
        probes.onDeadline(CALM, START + 62 * SECOND);
        assertThat(rates()).containsExactly(2_400_000L);
        probes.onDeadline(CALM, START + 67 * SECOND - 1);
        assertThat(rates()).isEmpty();
        probes.onDeadline(CALM, START + 67 * SECOND);
        assertThat(rates()).containsExactly(2_400_000L);
    }

    @Test
    void looksForRoomAgainWhenItHadSomeAndLostIt() {
        probes.onDemand(600_000, START);
        settle(1_200_000);
        later(60);
        assertThat(rates()).hasSize(3);
        probes.onEstimate(1_800_000, 1_800_000, LossState.DELAY_BASED, START + 61 * SECOND);
        probes.onDeadline(CALM, START + 61 * SECOND);
        probes.onEstimate(1_200_000, 1_200_000, LossState.DELAY_BASED, START + 62 * SECOND);
        probes.onDeadline(CALM, START + 62 * SECOND);
        assertThat(rates()).hasSize(1);
    }

    @Test
    void looksForRoomBySmallStepsWhileAllIsUsed() {
        probes.onDemand(600_000, START);
        settle(1_000_000);
        probes.onDeadline(CALM, START + 10 * SECOND);
        assertThat(rates()).containsExactly(1_500_000L);
    }

    @Test
    void doesNotLookForRoomSoonAfterCongestionOrWhileLossIsTheLimit() {
        probes.onDemand(600_000, START);
        settle(1_000_000);
        probes.onApplicationLimit(true, START + 2 * SECOND);
        probes.onDeadline(7 * SECOND - 1, START + 10 * SECOND);
        assertThat(rates()).isEmpty();
        probes.onEstimate(1_000_000, 1_000_000, LossState.INCREASING, START + 10 * SECOND);
        later(40);
        assertThat(rates()).isEmpty();
    }

    @Test
    void whoHasRoomForKeyFramesIsLeftAlone() {
        probes.onDemand(600_000, START);
        settle(1_800_000);
        probes.onApplicationLimit(true, START + 2 * SECOND);
        later(60);
        assertThat(rates()).isEmpty();
    }

    @Test
    void nothingWantedNeedsNoProbe() {
        probes.onDemand(0, START);
        probes.onFirstPacket(START);
        probes.onApplicationLimit(true, START);
        later(20);
        assertThat(rates()).isEmpty();
    }

    @Test
    void probesFromTimeToTimeWhileApplicationLimited() {
        settle(1_000_000);
        probes.onDemand(5_000_000, START + 3 * SECOND);
        rates();
        probes.onApplicationLimit(true, START + 4 * SECOND);
        probes.onDeadline(CALM, START + 8 * SECOND);
        assertThat(rates()).isEmpty();
        probes.onDeadline(CALM, START + 9 * SECOND);
        assertThat(rates()).containsExactly(2_000_000L);
    }

    @Test
    void probesByASmallStepWhileAllIsUsedAndNothingIsCongested() {
        probes.onDemand(5_000_000, START);
        settle(1_000_000);
        probes.onDeadline(6 * SECOND, START + 10 * SECOND);
        assertThat(rates()).isEmpty();
        probes.onDeadline(7 * SECOND, START + 11 * SECOND);
        assertThat(rates()).containsExactly(1_500_000L);
        probes.onEstimate(1_450_000, 1_450_000, LossState.DELAY_BASED, START + 12 * SECOND);
        assertThat(rates()).containsExactly(2_175_000L);
    }

    @Test
    void probesForWhatIsEstimatedButNotProven() {
        probes.onDemand(500_000, START);
        settle(1_000_000);
        probes.onEstimate(1_000_000, 600_000, LossState.DELAY_BASED, START + 5 * SECOND);
        probes.onDemand(800_000, START + 6 * SECOND);
        assertThat(rates()).containsExactly(800_000L);
    }

    @Test
    void aNewWishIsTriedSoonByThreeTimesTheEstimateAtMost() {
        probes.onDemand(500_000, START);
        settle(1_000_000);
        probes.onDemand(9_000_000, START + 6 * SECOND);
        assertThat(rates()).containsExactly(3_000_000L);
    }

    @Test
    void aNewWishThatComesWhileAProbeIsUnderWayIsTriedAfterIt() {
        probes.onDemand(500_000, START);
        settle(1_000_000);
        probes.onDemand(2_000_000, START + 6 * SECOND);
        rates();
        probes.onDemand(3_000_000, START + 6 * SECOND + 1);
        probes.onDeadline(0, START + 7 * SECOND);
        assertThat(rates()).isEmpty();
        probes.onDeadline(0, START + 7 * SECOND + 1);
        assertThat(rates()).containsExactly(3_000_000L);
        probes.onDeadline(0, START + 9 * SECOND);
        assertThat(rates()).isEmpty();
    }

    @Test
    void aWishThatMovesABitIsNotANewOne() {
        probes.onDemand(500_000, START);
        settle(500_000);
        for (int i = 3; i < 63; i++) {
            probes.onDemand(i % 2 == 0 ? 1_510_000 : 1_490_000, START + i * SECOND);
            probes.onDeadline(0, START + i * SECOND);
        }
        assertThat(rates()).hasSize(1);
    }

    @Test
    void aWishThatCannotBeTriedYetIsNotForgotten() {
        probes.onDemand(500_000, START);
        settle(1_000_000);
        probes.onLimit(0);
        probes.onDemand(3_000_000, START + 6 * SECOND);
        assertThat(rates()).isEmpty();
        probes.onLimit(Long.MAX_VALUE);
        probes.onDeadline(0, START + 6 * SECOND + 1);
        assertThat(rates()).containsExactly(3_000_000L);
    }

    @Test
    void aProbeIsConfirmedOnlyWhereThatMayTellMore() {
        settle(1_000_000);
        probes.confirm(START + 3 * SECOND);
        assertThat(rates()).containsExactly(1_800_000L);
        probes.onLimit(0);
        probes.confirm(START + 4 * SECOND);
        assertThat(rates()).isEmpty();
    }

    @Test
    void aWishThatIsFulfilledMeanwhileIsNotTried() {
        probes.onDemand(500_000, START);
        settle(1_000_000);
        probes.onDemand(2_000_000, START + 6 * SECOND);
        rates();
        probes.onDemand(3_000_000, START + 6 * SECOND + 1);
        probes.onEstimate(2_900_000, 2_900_000, LossState.DELAY_BASED, START + 6 * SECOND + 2);
        rates();
        probes.onDeadline(0, START + 8 * SECOND);
        assertThat(rates()).isEmpty();
    }

    @Test
    void probesNoFurtherThanTheReceiverCanTake() {
        probes.onDemand(9_000_000, START);
        settle(1_000_000);
        probes.onLimit(1_600_000);
        probes.onApplicationLimit(true, START + 3 * SECOND);
        probes.onDeadline(CALM, START + 10 * SECOND);
        assertThat(rates()).containsExactly(1_600_000L);
        probes.onEstimate(1_600_000, 1_600_000, LossState.DELAY_BASED, START + 10 * SECOND + 1);
        later(60);
        assertThat(rates()).isEmpty();
    }

    @Test
    void probesWhenTheApplicationBeginsToUseMore() {
        probes.onDemand(5_000_000, START);
        settle(1_000_000);
        probes.onApplicationLimit(true, START + 3 * SECOND);
        probes.onApplicationLimit(false, START + 4 * SECOND);
        assertThat(rates()).containsExactly(2_000_000L);
    }

    @Test
    void probesForWhatWasThereBeforeALargeDrop() {
        probes.onDemand(9_000_000, START);
        settle(2_000_000);
        probes.onEstimate(1_200_000, 1_200_000, LossState.DELAY_BASED, START + 3 * SECOND);
        probes.onRecovered(START + 4 * SECOND);
        assertThat(rates()).containsExactly(1_700_000L);
        probes.onRecovered(START + 5 * SECOND);
        assertThat(rates()).isEmpty();
    }

    @Test
    void lossLimitsProbesOrForbidsThem() {
        probes.onDemand(9_000_000, START);
        settle(1_000_000);
        probes.onEstimate(1_000_000, 1_000_000, LossState.DECREASING, START + 3 * SECOND);
        later(20);
        assertThat(rates()).isEmpty();
        probes.onEstimate(1_000_000, 1_000_000, LossState.INCREASING, START + 21 * SECOND);
        probes.onApplicationLimit(true, START + 21 * SECOND);
        probes.onDeadline(CALM, START + 30 * SECOND);
        assertThat(rates()).containsExactly(1_500_000L);
    }

    @Test
    void aProbeSaysHowMuchMakesAMeasurement() {
        probes.onFirstPacket(START);
        var first = probes.poll();
        assertThat(first).isNotNull();
        assertThat(first.id()).isPositive();
        assertThat(first.minPackets()).isEqualTo(5);
        assertThat(first.minBytes()).isEqualTo(900_000 * 15 / 8_000);
    }

    /** Past the first probes, with an estimate. */
    private void settle(long bps) {
        probes.onFirstPacket(START);
        probes.onDeadline(CALM, START + SECOND + 1);
        probes.onEstimate(bps, bps, LossState.DELAY_BASED, START + 2 * SECOND);
        rates();
    }

    private void later(int seconds) {
        for (int i = 2; i <= seconds; i++) {
            probes.onDeadline(CALM, START + i * SECOND);
        }
    }

    private List<Long> rates() {
        var rates = new ArrayList<Long>();
        for (Probe probe = probes.poll(); probe != null; probe = probes.poll()) {
            rates.add(probe.bps());
        }
        return rates;
    }
}
