package dev.sluice.media.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;

import org.junit.jupiter.api.Test;

import java.util.List;

class ReceptionStatisticsTest {

    private static final long SSRC = 0xCAFE;
    private static final long MILLI = 1_000_000;
    private static final long FIRST = SourceSequence.FIRST_CYCLE;

    private final ReceptionStatistics statistics = new ReceptionStatistics(SSRC, 90_000);

    @Test
    void reportsNoLossOfACompleteStream() {
        receive(10, 110);

        ReportBlock block = statistics.reportBlock(0);
        assertThat(block.ssrc()).isEqualTo(SSRC);
        assertThat(block.fractionLost()).isZero();
        assertThat(block.cumulativeLost()).isZero();
        assertThat(block.extendedHighestSequence()).isEqualTo(109);
        assertThat(block.lastSenderReport()).isZero();
        assertThat(block.delaySinceLastSenderReport()).isZero();
    }

    @Test
    void theFractionLostCoversTheTimeSinceTheReportBefore() {
        receive(0, 75);
        receive(100, 101);
        assertThat(statistics.reportBlock(0).fractionLost()).isEqualTo(25 * 256 / 101);

        receive(101, 201);
        ReportBlock second = statistics.reportBlock(0);
        assertThat(second.fractionLost()).isZero();
        assertThat(second.cumulativeLost()).isEqualTo(25);
    }

    @Test
    void latePacketsTakeTheLossBack() {
        receive(0, 10);
        receive(12, 20);
        statistics.reportBlock(0);
        receive(10, 12);

        ReportBlock block = statistics.reportBlock(0);
        assertThat(block.cumulativeLost()).isZero();
        assertThat(block.fractionLost()).isZero();
    }

    @Test
    void theHighestSequenceCountsRollovers() {
        receive(65_530, 65_540);

        assertThat(statistics.reportBlock(0).extendedHighestSequence()).isEqualTo(0x1_0003);
    }

    @Test
    void evenArrivalHasNoJitter() {
        for (int i = 0; i < 100; i++) {
            statistics.onPacket(FIRST + i, 3000L * i, i * 100L * MILLI / 3);
        }
        assertThat(statistics.jitterTicks()).isLessThanOrEqualTo(1);
    }

    /** Each second packet comes 10 ms late: the mean difference is 900 ticks. */
    @Test
    void theJitterIsTheMeanDifferenceOfTransitTimes() {
        for (int i = 0; i < 400; i++) {
            long late = (i & 1) == 1 ? 10 * MILLI : 0;
            statistics.onPacket(FIRST + i, 1800L * i, i * 20L * MILLI + late);
        }
        assertThat(statistics.jitterTicks()).isBetween(885L, 900L);
    }

    @Test
    void theTimestampRolloverIsNoJitter() {
        for (int i = 0; i < 20; i++) {
            long timestamp = 0xFFFF_FFFFL - 18_000 + 1800L * i & 0xFFFF_FFFFL;
            statistics.onPacket(FIRST + i, timestamp, i * 20L * MILLI);
        }
        assertThat(statistics.jitterTicks()).isZero();
    }

    @Test
    void tellsTheLastSenderReportAndTheDelaySince() {
        receive(0, 1);
        statistics.onSenderReport(
                new SenderReport(SSRC, 0x1122_3344_5566_7788L, 0, 0, 0, List.of()), 100 * MILLI);

        ReportBlock block = statistics.reportBlock(600 * MILLI);
        assertThat(block.lastSenderReport()).isEqualTo(0x3344_5566L);
        assertThat(block.delaySinceLastSenderReport()).isEqualTo(0x8000);
    }

    @Test
    void aRestartBeginsANewCount() {
        receive(0, 10);
        receive(20, 30);
        statistics.reportBlock(0);
        statistics.onRestart();
        receive(50_000, 50_010);

        ReportBlock block = statistics.reportBlock(0);
        assertThat(block.cumulativeLost()).isZero();
        assertThat(block.fractionLost()).isZero();
        assertThat(block.extendedHighestSequence()).isEqualTo(50_009);
    }

    @Test
    void reportsNothingBeforeTheFirstPacket() {
        assertThat(statistics.hasReceived()).isFalse();

        ReportBlock block = statistics.reportBlock(0);
        assertThat(block.extendedHighestSequence()).isZero();
        assertThat(block.cumulativeLost()).isZero();
    }

    private void receive(int from, int to) {
        for (int i = from; i < to; i++) {
            statistics.onPacket(FIRST + i, 0, 0);
        }
    }
}
