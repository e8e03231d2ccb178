package dev.sluice.media.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.receive.ReceptionStatistics;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sim.VirtualTime;

import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;
import java.util.List;

class SendStreamTest {

    private static final long SSRC = 0xABCD;
    private static final long MILLI = 1_000_000;

    /** 2.5 s into some NTP era. */
    private static final long SOURCE_NTP = 0x0000_0002_8000_0000L;

    private final SendStream stream = new SendStream(SSRC, 90_000, 64, true);
    private final VirtualTime time = new VirtualTime(77 * MILLI);

    @Test
    void theReportCountsWhatWasSent() {
        stream.onSent(1, 3);
        stream.onSent(2, 3);
        stream.onResent(packet(1));

        SenderReport report = reportAt(0);
        assertThat(report.senderSsrc()).isEqualTo(SSRC);
        assertThat(report.packetCount()).isEqualTo(3);
        assertThat(report.octetCount()).isEqualTo(9);
        assertThat(stream.packets()).isEqualTo(3);
        assertThat(report.reportBlocks()).isEmpty();
    }

    @Test
    void remembersTheSentPacketForRetransmission() {
        stream.onSent(9, 3);

        assertThat(stream.retransmissions().find(9, 0))
                .isEqualTo(RetransmissionCache.Answer.RESEND);
    }

    @Test
    void remembersNothingWhereNothingIsSentAgain() {
        var forgetful = new SendStream(SSRC, 48_000, 64, false);
        forgetful.onSent(9, 3);

        assertThat(forgetful.packets()).isOne();
        assertThat(forgetful.retransmissions().find(9, 0))
                .isEqualTo(RetransmissionCache.Answer.UNKNOWN);
    }

    @Test
    void theReportMovesThePublishersTimesOnTogether() {
        SenderReport report = reportAt(1500 * MILLI);

        assertThat(report.ntpTime()).isEqualTo(0x0000_0004_0000_0000L);
        assertThat(report.rtpTimestamp()).isEqualTo(5000 + 1000 + 135_000);
    }

    @Test
    void theTimestampAndItsOffsetRollOver() {
        SenderReport source = new SenderReport(1, SOURCE_NTP, 0xFFFF_FF00L, 0, 0, List.of());

        SenderReport report = stream.senderReport(source, 0, 0xFFFF_FFFFL, 0);
        assertThat(report.rtpTimestamp()).isEqualTo(0xFFFF_FEFFL);
        report = stream.senderReport(source, 0, 0x200, 0);
        assertThat(report.rtpTimestamp()).isEqualTo(0x100);
    }

    @Test
    void learnsTheRoundTripFromAViewersReport() {
        ReceptionStatistics viewer = new ReceptionStatistics(SSRC, 90_000);
        SenderReport report = reportAt(0);
        time.advanceMillis(30);
        viewer.onSenderReport(report, time.nowNanos());
        time.advanceMillis(400);
        ReportBlock block = viewer.reportBlock(time.nowNanos());
        time.advanceMillis(30);
        stream.onReportBlock(block, time.nowNanos());

        assertThat(stream.rttNanos()).isBetween(60 * MILLI, 60 * MILLI + 16_000);
    }

    @Test
    void theRoundTripSpacesRetransmissions() {
        stream.onSent(9, 3);
        SenderReport report = reportAt(0);
        stream.onReportBlock(block(report, 0), time.nowNanos() + 100 * MILLI);

        assertThat(stream.retransmissions().find(9, 0))
                .isEqualTo(RetransmissionCache.Answer.RESEND);
        assertThat(stream.retransmissions().find(9, 99 * MILLI))
                .isEqualTo(RetransmissionCache.Answer.TOO_SOON);
    }

    @Test
    void aReportThatNamesNoReportOfOursTellsNoRoundTrip() {
        SenderReport report = reportAt(0);
        stream.onReportBlock(new ReportBlock(SSRC, 12, 0, 0, 0, 0, 0), time.nowNanos());
        stream.onReportBlock(new ReportBlock(SSRC, 12, 0, 0, 0, 4711, 0), time.nowNanos());

        assertThat(stream.rttNanos()).isEqualTo(SenderReportClock.UNKNOWN);
        assertThat(stream.lastReport())
                .isNotNull()
                .extracting(ReportBlock::fractionLost)
                .isEqualTo(12);
        assertThat(report.senderSsrc()).isEqualTo(SSRC);
    }

    @Test
    void aViewerThatClaimsToHaveHeldAReportLongerThanItExistsIsNotBelieved() {
        SenderReport report = reportAt(0);
        stream.onReportBlock(block(report, 0x1_0000), time.nowNanos() + 100 * MILLI);

        assertThat(stream.rttNanos()).isEqualTo(SenderReportClock.UNKNOWN);
    }

    @Test
    void remembersTheLastSixteenReportsOnly() {
        SenderReport first = reportAt(0);
        for (int second = 1; second <= 15; second++) {
            reportAt(second * 1000L * MILLI);
        }
        stream.onReportBlock(block(first, 0), time.nowNanos() + 16_000 * MILLI);
        assertThat(stream.rttNanos()).isEqualTo(16_000 * MILLI);

        reportAt(16_000 * MILLI);
        stream.onReportBlock(block(first, 0), time.nowNanos() + 20_000 * MILLI);
        assertThat(stream.rttNanos()).isEqualTo(16_000 * MILLI);
    }

    private SenderReport reportAt(long sinceSourceNanos) {
        SenderReport source = new SenderReport(1, SOURCE_NTP, 5000, 3, 4, List.of());
        return stream.senderReport(
                source, time.nowNanos(), 1000, time.nowNanos() + sinceSourceNanos);
    }

    private static ReportBlock block(SenderReport report, long heldCompact) {
        long compact = report.ntpTime() >>> 16 & 0xFFFF_FFFFL;
        return new ReportBlock(SSRC, 0, 0, 0, 0, compact, heldCompact);
    }

    private static RtpPacket packet(int sequenceNumber) {
        RtpPacket packet = new RtpPacket();
        byte[] bytes = HexFormat.of().parseHex("80e000000000100000000001aabbcc");
        assertThat(packet.wrap(Unpooled.wrappedBuffer(bytes))).isTrue();
        packet.sequenceNumber(sequenceNumber);
        return packet;
    }
}
