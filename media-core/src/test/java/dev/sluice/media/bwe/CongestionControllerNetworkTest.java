package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.LinkConditions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** What the estimate does with real flows over one bottleneck, in virtual time. */
class CongestionControllerNetworkTest {

    private static final EstimatorSettings SETTINGS =
            new EstimatorSettings(EstimationMode.HYBRID, 300_000, 50_000, 20_000_000);
    private static final int DELAY_MILLIS = 50;
    private static final int SEEDS = 15;
    private static final LinkConditions BACK =
            LinkConditions.PERFECT.withDelayMillis(DELAY_MILLIS).withJitterMillis(10);

    @ParameterizedTest
    @ValueSource(longs = {500_000, 1_000_000, 3_000_000, 10_000_000})
    void oneFlowUsesTheLinkWithAShortQueue(long bps) {
        var loop = new ClosedLoop(1, link(bps), BACK);
        var flow = loop.add(SETTINGS, 15_000_000);
        loop.runSeconds(60);
        assertThat(flow.receivedBps(20, 60)).isGreaterThan(0.85 * bps);
        assertThat(flow.delayMillis(95, 20, 60)).isLessThan(DELAY_MILLIS + 150);
        assertThat(loop.queueDrops()).isZero();
    }

    @Test
    void jitterIsNotTakenForCongestion() {
        var loop = new ClosedLoop(2, link(1_000_000).withJitterMillis(30), BACK);
        var flow = loop.add(SETTINGS, 5_000_000);
        loop.runSeconds(60);
        assertThat(flow.receivedBps(20, 60)).isGreaterThan(850_000);
    }

    @Test
    void knowsTheRoundTrip() {
        var loop = new ClosedLoop(3, link(2_000_000), BACK);
        var flow = loop.add(SETTINGS, 1_000_000);
        loop.runSeconds(10);
        assertThat(flow.controller.rttNanos()).isBetween(100_000_000L, 130_000_000L);
    }

    @Test
    void fallsWithTheCapacityBeforeMuchIsLost() {
        var loop = new ClosedLoop(4, link(1_000_000), BACK);
        var flow = loop.add(SETTINGS, 4_000_000);
        loop.runSeconds(40);
        loop.media(link(600_000));
        loop.runSeconds(2);
        long sent = flow.sentPackets(40, 42);
        assertThat(loop.queueDrops()).isLessThan(sent / 50);
        loop.runSeconds(18);
        assertThat(flow.delayMillis(95, 43, 60)).isLessThan(DELAY_MILLIS + 150);
        assertThat(flow.receivedBps(45, 60)).isGreaterThan(0.85 * 600_000);
    }

    @Test
    void comesBackAfterACliff() {
        var loop = new ClosedLoop(5, link(10_000_000), BACK);
        var flow = loop.add(SETTINGS, 15_000_000);
        loop.runSeconds(30);
        loop.media(link(800_000));
        loop.runSeconds(30);
        assertThat(flow.receivedBps(45, 60)).isGreaterThan(0.85 * 800_000);
        assertThat(flow.delayMillis(50, 45, 60)).isLessThan(DELAY_MILLIS + 100);
        loop.media(link(10_000_000));
        loop.runSeconds(20);
        assertThat(flow.receivedBps(78, 80)).isGreaterThan(3_000_000);
    }

    @Test
    void tenPercentOfRandomLossLeavesMoreThanAFifth() {
        var loop = new ClosedLoop(6, link(5_000_000).withLoss(0.1), BACK);
        var flow = loop.add(SETTINGS, 6_000_000);
        loop.runSeconds(60);
        assertThat(flow.receivedBps(20, 60)).isGreaterThan(1_000_000);
        assertThat(flow.controller.lossRatio()).isBetween(0.05, 0.16);
    }

    @Test
    void flowsShareALink() {
        var loop = new ClosedLoop(7, link(2_000_000), BACK);
        var first = loop.add(SETTINGS, 4_000_000);
        loop.runSeconds(15);
        var second = loop.add(SETTINGS, 4_000_000);
        loop.runSeconds(105);
        double one = first.receivedBps(60, 120);
        double other = second.receivedBps(60, 120);
        double jain = (one + other) * (one + other) / (2 * (one * one + other * other));
        assertThat(jain).isGreaterThan(0.95);
        assertThat(one + other).isGreaterThan(1_700_000);
    }

    @Test
    void lostFeedbackIsBornAndItsEndBringsTheRateBack() {
        var loop = new ClosedLoop(8, link(2_000_000), BACK);
        var flow = loop.add(SETTINGS, 3_000_000);
        loop.runSeconds(20);
        loop.feedback(BACK.withLoss(1));
        loop.runSeconds(5);
        assertThat(flow.controller.hasLostFeedback()).isTrue();
        assertThat(flow.controller.targetBps()).isEqualTo(SETTINGS.minBps());
        loop.feedback(BACK);
        loop.runSeconds(15);
        assertThat(flow.controller.hasLostFeedback()).isFalse();
        assertThat(flow.receivedBps(35, 40)).isGreaterThan(1_400_000);
    }

    @Test
    void halfOfTheFeedbackLostAndTheRestOutOfOrderIsEnough() {
        List<Double> received = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            var back = BACK.withLoss(0.5).withReordering(0.2, 120);
            var loop = new ClosedLoop(seed, link(1_000_000), back);
            var flow = loop.add(SETTINGS, 3_000_000);
            loop.runSeconds(60);
            received.add(flow.receivedBps(20, 60));
            assertThat(flow.delayMillis(95, 20, 60)).isLessThan(DELAY_MILLIS + 200);
            assertThat(flow.controller.hasLostFeedback()).isFalse();
        }
        // What is lost is another piece of news each time: single runs tell little.
        received.sort(null);
        assertThat(received.get(SEEDS / 2)).isGreaterThan(800_000);
        assertThat(received.getFirst()).isGreaterThan(500_000);
    }

    @Test
    void reorderedMediaIsNotLost() {
        var loop = new ClosedLoop(10, link(2_000_000).withReordering(0.05, 80), BACK);
        var flow = loop.add(SETTINGS, 3_000_000);
        loop.runSeconds(40);
        assertThat(flow.controller.lossRatio()).isLessThan(0.03);
        assertThat(flow.receivedBps(20, 40)).isGreaterThan(1_500_000);
    }

    /** As an SFU does: a low layer is sent, a higher one is wanted. */
    @Test
    void findsRoomForTheNextLayerByProbing() {
        var loop = new ClosedLoop(11, link(4_000_000), BACK);
        var flow = loop.add(SETTINGS, 150_000);
        flow.demand(150_000, 150_000);
        loop.runSeconds(10);
        assertThat(flow.controller.targetBps()).isLessThan(1_000_000);
        flow.demand(150_000, 2_000_000);
        loop.runSeconds(8);
        assertThat(flow.controller.targetBps()).isGreaterThan(2_000_000);
        assertThat(flow.controller.isApplicationLimited()).isTrue();
    }

    /** All that is wanted goes, and fits; but a key frame is several times a mean frame. */
    @Test
    void findsRoomForKeyFramesOnAFastPath() {
        var loop = new ClosedLoop(14, link(20_000_000), BACK);
        var flow = loop.add(SETTINGS, 250_000);
        loop.runSeconds(10);
        assertThat(flow.controller.targetBps()).isLessThan(1_400_000);
        flow.most(600_000);
        loop.runSeconds(60);
        assertThat(flow.controller.targetBps()).isBetween(1_800_000L, 3_600_000L);
    }

    @Test
    void looksForRoomWithoutAQueueWhereThereIsNone() {
        var loop = new ClosedLoop(15, link(1_000_000), BACK);
        var flow = loop.add(SETTINGS, 450_000);
        loop.runSeconds(6);
        int atStart = flow.source.probes();
        loop.runSeconds(54);
        assertThat(flow.source.probes() - atStart).isBetween(1, 8);
        assertThat(flow.receivedBps(10, 60)).isGreaterThan(430_000);
        assertThat(flow.delayMillis(99, 5, 60)).isLessThan(DELAY_MILLIS + 60);
        assertThat(loop.queueDrops()).isZero();
    }

    /** They leave faster than the link goes, as the estimate has room for them. */
    @Test
    void keyFramesAreNotTakenForCongestion() {
        for (int kbps = 1600; kbps <= 3200; kbps += 400) {
            var loop = new ClosedLoop(kbps, link(kbps * 1000L), BACK);
            var flow = loop.add(SETTINGS, 600_000);
            flow.source.keyFrames(60, 8);
            loop.runSeconds(5);
            var targets = new ArrayList<Long>();
            loop.eachSecond(_ -> targets.add(flow.controller.targetBps()));
            loop.runSeconds(115);
            assertThat(targets).as("%d kbit/s", kbps).allMatch(target -> target > 600_000);
        }
    }

    @Test
    void doesNotPromiseANextLayerThatDoesNotFit() {
        var loop = new ClosedLoop(12, link(1_200_000), BACK);
        var flow = loop.add(SETTINGS, 400_000);
        flow.demand(400_000, 3_000_000);
        loop.runSeconds(60);
        assertThat(flow.controller.targetBps()).isBetween(600_000L, 1_400_000L);
        assertThat(loop.queueDrops()).isZero();
    }

    @Test
    void resumesAfterAPause() {
        var loop = new ClosedLoop(13, link(2_000_000), BACK);
        var flow = loop.add(SETTINGS, 3_000_000);
        loop.runSeconds(20);
        flow.most(0);
        loop.runSeconds(20);
        assertThat(flow.controller.hasLostFeedback()).isFalse();
        flow.most(3_000_000);
        loop.runSeconds(20);
        assertThat(flow.receivedBps(45, 60)).isGreaterThan(1_600_000);
    }

    @Test
    void withoutHeedOfDelayOnlyLossStopsTheGrowth() {
        var settings = new EstimatorSettings(EstimationMode.LOSS, 300_000, 50_000, 20_000_000);
        var loop = new ClosedLoop(14, link(2_000_000), BACK);
        var flow = loop.add(settings, 5_000_000);
        loop.runSeconds(40);
        assertThat(flow.receivedBps(20, 40)).isGreaterThan(1_800_000);
        assertThat(flow.delayMillis(50, 20, 40)).isGreaterThan(DELAY_MILLIS + 100);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(run(15)).isEqualTo(run(15));
    }

    private static long run(long seed) {
        var loop = new ClosedLoop(seed, link(1_000_000).withJitterMillis(20).withLoss(0.02), BACK);
        var flow = loop.add(SETTINGS, 3_000_000);
        loop.runSeconds(20);
        return flow.controller.targetBps();
    }

    private static LinkConditions link(long bps) {
        return LinkConditions.PERFECT
                .withDelayMillis(DELAY_MILLIS)
                .withRate(bps)
                .withQueueMillis(300);
    }
}
