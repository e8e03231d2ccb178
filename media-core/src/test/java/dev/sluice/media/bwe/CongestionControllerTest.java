package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.media.rtcp.CongestionControlFeedback;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.StreamFeedback;
import dev.sluice.media.time.Deadline;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class CongestionControllerTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long START = -33 * SECOND;

    private final CongestionController controller = controller(EstimationMode.HYBRID);
    private long now = START;
    private int sequence;
    private int cumulativeLost;

    @Test
    void beginsAtTheStart() {
        assertThat(controller.targetBps()).isEqualTo(300_000);
        assertThat(controller.pacingBps()).isEqualTo(750_000);
        assertThat(controller.paddingBps()).isZero();
        assertThat(controller.rttNanos()).isEqualTo(-1);
        assertThat(controller.lossRatio()).isZero();
        assertThat(controller.hasLostFeedback()).isFalse();
        assertThat(controller.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(controller.pollProbe()).isNull();
    }

    @Test
    void probesOncePacketsLeave() {
        send(controller, 1_000);
        assertThat(controller.pollProbe()).extracting(Probe::bps).isEqualTo(900_000L);
        assertThat(controller.pollProbe()).extracting(Probe::bps).isEqualTo(1_800_000L);
        assertThat(controller.pollProbe()).isNull();
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> controller.onPacketSent(65_536, 1, 1, 100, 0, now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> controller.onPacketSent(1, 1, 1, 0, 0, now))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EstimatorSettings(EstimationMode.LOSS, 10, 20, 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start 10");
    }

    @Test
    void rembIsAnUpperBound() {
        controller.onRemb(200_000, now);
        assertThat(controller.targetBps()).isEqualTo(200_000);
        controller.onRemb(0, now);
        assertThat(controller.targetBps()).isEqualTo(50_000);
        controller.onRemb(Long.MAX_VALUE, now);
        assertThat(controller.targetBps()).isLessThanOrEqualTo(5_000_000);
    }

    @Test
    void rembIsTrustedAtTheStartOfAPeerWithoutTransportFeedback() {
        controller.onRemb(2_000_000, now + SECOND);
        assertThat(controller.targetBps()).isEqualTo(2_000_000);
        controller.onRemb(3_000_000, now + 3 * SECOND);
        assertThat(controller.targetBps()).isEqualTo(2_000_000);
    }

    @Test
    void reportBlocksServePeersWithoutTransportFeedback() {
        report(0, 50_000);
        for (int i = 0; i < 5; i++) {
            report(0, 50_000);
        }
        assertThat(controller.targetBps()).isCloseTo(440_000, within(15_000L));
        assertThat(controller.rttNanos()).isEqualTo(80 * MILLI);
        report(25, 50_000);
        assertThat(controller.lossRatio()).isEqualTo(0.25);
        assertThat(controller.targetBps()).isLessThan(400_000);
    }

    @Test
    void aPeerWhoseReportsCannotTellWhatAProbeMeasuredIsNotProbed() {
        report(0, 50_000);
        drainProbes();
        for (int i = 0; i < 600; i++) {
            if (i % 10 == 0) {
                report(0, 5_000);
            }
            now += 100 * MILLI;
            controller.onDemand(100_000, 100_000L * (i / 10), now);
            controller.onDeadline(now);
            assertThat(controller.pollProbe()).isNull();
        }
    }

    @Test
    void aPeerThatTellsByRembWhatArrivesIsProbed() {
        report(0, 50_000);
        drainProbes();
        controller.onRemb(400_000, now);
        now += 10 * SECOND;
        report(0, 5_000);
        controller.onDemand(100_000, 2_000_000, now);
        controller.onDeadline(now + SECOND);
        assertThat(controller.pollProbe()).isNotNull();
    }

    @Test
    void lossThatFeedbackToldIsForgottenWhereReportsGoOnAlone() {
        for (int i = 0; i < 40; i++) {
            streamFeedback(controller, 4);
        }
        assertThat(controller.lossRatio()).isGreaterThan(0.3);
        for (int i = 0; i < 10; i++) {
            report(0, 5_000);
        }
        assertThat(controller.lossRatio()).isZero();
        assertThat(controller.paddingBps()).isZero();
    }

    @Test
    void streamFeedbackMeasuresThePathAsTransportFeedbackDoes() {
        for (int i = 0; i < 40; i++) {
            streamFeedback(controller, 0);
        }
        assertThat(controller.rttNanos()).isCloseTo(50 * MILLI, within(5 * MILLI));
        assertThat(controller.targetBps()).isGreaterThan(300_000);
        assertThat(controller.lossRatio()).isZero();
    }

    @Test
    void tellsWhatTheLastFeedbackWasTheFirstToCallLost() {
        sequence = 65_535;
        streamFeedback(controller, 2);
        List<Integer> lost = new ArrayList<>();
        controller.tellLost((ssrc, number) -> lost.add(ssrc == 7 ? number : -1));
        assertThat(lost).containsExactly(65_535, 0);

        streamFeedback(controller, 0);
        controller.tellLost((ssrc, number) -> lost.clear());
        assertThat(lost).hasSize(2);
    }

    @Test
    void eachModeHeedsItsOwnSignal() {
        var byLoss = controller(EstimationMode.LOSS);
        var byDelay = controller(EstimationMode.DELAY);
        for (int i = 0; i < 60; i++) {
            streamFeedback(byLoss, 4);
        }
        for (int i = 0; i < 60; i++) {
            streamFeedback(byDelay, 4);
        }
        assertThat(byLoss.targetBps()).isLessThan(byDelay.targetBps());
        assertThat(byLoss.lossRatio()).isGreaterThan(0.3);
    }

    @Test
    void silenceCutsTheRateToTheLeastUntilFeedbackIsBack() {
        for (int i = 0; i < 20; i++) {
            streamFeedback(controller, 0);
        }
        long before = controller.targetBps();
        for (int i = 0; i < 320; i++) {
            now += 10 * MILLI;
            send(controller, 1_000);
            controller.onDeadline(now);
        }
        assertThat(controller.hasLostFeedback()).isTrue();
        assertThat(controller.targetBps()).isEqualTo(50_000);
        streamFeedback(controller, 0);
        assertThat(controller.hasLostFeedback()).isFalse();
        assertThat(controller.targetBps()).isBetween(before / 2 - 1, before);
    }

    @Test
    void aReportWithoutProgressDoesNotEndTheSilence() {
        report(0, 1_000);
        ReportBlock last = block();
        for (int i = 0; i < 50; i++) {
            now += 100 * MILLI;
            send(controller, 100);
            controller.onReportBlock(last, -1, now);
            controller.onDeadline(now);
        }
        assertThat(controller.hasLostFeedback()).isTrue();
    }

    @Test
    void asksForNoDeadlineLongAfterTheLastPacket() {
        send(controller, 1_000);
        for (int i = 0; i < 200; i++) {
            long deadline = controller.nextDeadlineNanos();
            if (deadline != Deadline.NEVER) {
                controller.onDeadline(deadline);
            }
        }
        assertThat(controller.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(controller.isApplicationLimited()).isTrue();
        send(controller, 1_000);
        assertThat(controller.nextDeadlineNanos()).isEqualTo(now + 100 * MILLI);
    }

    private static CongestionController controller(EstimationMode mode) {
        return new CongestionController(
                new EstimatorSettings(mode, 300_000, 50_000, 5_000_000), START);
    }

    private void send(CongestionController to, int sizeBytes) {
        to.onPacketSent(-1, 7, sequence++ & 0xFFFF, sizeBytes, Probe.NONE, now);
    }

    /** Ten packets in 100 ms, some of them lost, and feedback 50 ms after each. */
    private void streamFeedback(CongestionController to, int lost) {
        var stream = new StreamFeedback.Builder(7, sequence & 0xFFFF);
        for (int i = 0; i < 10; i++) {
            now += 10 * MILLI;
            send(to, 500);
            if (i < lost) {
                stream.missing();
            } else {
                stream.received(0, (int) ((9 - i) * 10 * 1.024));
            }
        }
        long compact = Math.floorMod(((now - START) << 16) / SECOND, 1L << 32);
        to.onFeedback(
                new CongestionControlFeedback(1, List.of(stream.build()), compact),
                now + 50 * MILLI);
    }

    private void drainProbes() {
        Probe probe = controller.pollProbe();
        while (probe != null) {
            probe = controller.pollProbe();
        }
    }

    private void report(int lost, int bytes) {
        now += SECOND;
        sequence += 99;
        send(controller, bytes);
        cumulativeLost += lost;
        controller.onReportBlock(block(), 80 * MILLI, now);
    }

    private ReportBlock block() {
        return new ReportBlock(7, 0, cumulativeLost, sequence, 0, 0, 0);
    }
}
