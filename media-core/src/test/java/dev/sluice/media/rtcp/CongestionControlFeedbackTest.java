package dev.sluice.media.rtcp;

import static dev.sluice.media.rtcp.RtcpBytes.assertMalformed;
import static dev.sluice.media.rtcp.RtcpBytes.assertOnWire;
import static dev.sluice.media.rtcp.RtcpBytes.hex;
import static dev.sluice.media.rtcp.RtcpBytes.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class CongestionControlFeedbackTest {

    private static final long SECOND = 1_000_000_000L;

    /** From pion/rtcp, rfc8888_test.go: TestCCFeedbackReportUnmarshalMarshal. */
    @Test
    void hasABlockForEachStreamFilledUpToAWord() {
        assertOnWire(new CongestionControlFeedback(1, List.of(), 1), "8bcd0002 00000001 00000001");
        var four =
                new StreamFeedback.Builder(1, 2)
                        .received(0, 8189)
                        .received(0, 8188)
                        .missing()
                        .missing()
                        .build();
        var three =
                new StreamFeedback.Builder(2, 2)
                        .received(0, 8189)
                        .received(0, 8188)
                        .missing()
                        .build();
        assertOnWire(
                new CongestionControlFeedback(1, List.of(four, three), 1),
                "8bcd000a 00000001 00000001 0002 0004 9ffd 9ffc 0000 0000"
                        + " 00000002 0002 0003 9ffd 9ffc 0000 0000 00000001");
    }

    @Test
    void aStreamMayHaveNoReports() {
        assertOnWire(
                new CongestionControlFeedback(
                        1, List.of(new StreamFeedback.Builder(9, 7).build()), 2),
                "8bcd0004 00000001 00000009 0007 0000 00000002");
    }

    /** From pion/rtcp, rfc8888_test.go: TestCCFeedbackMetricBlockUnmarshalMarshal. */
    @Test
    void aMetricHasReceptionMarkAndOffset() {
        StreamFeedback stream = stream("8000 fff8 bfff 9ffe 0000");
        assertThat(stream.isReceived(0)).isTrue();
        assertThat(stream.ecn(0)).isZero();
        assertThat(stream.arrivalTimeOffset(0)).isZero();
        assertThat(stream.ecn(1)).isEqualTo(3);
        assertThat(stream.arrivalTimeOffset(1)).isEqualTo(8184);
        assertThat(stream.ecn(2)).isEqualTo(1);
        assertThat(stream.arrivalTimeOffset(2)).isEqualTo(StreamFeedback.OFFSET_UNAVAILABLE);
        assertThat(stream.arrivalTimeOffset(3)).isEqualTo(StreamFeedback.OFFSET_OVER_RANGE);
        assertThat(stream.isReceived(4)).isFalse();
    }

    @Test
    void whatAMissingPacketsMetricSaysBesidesIsIgnored() {
        assertThat(stream("6200 2200 0001"))
                .isEqualTo(
                        new StreamFeedback.Builder(1, 0xfffe)
                                .missing()
                                .missing()
                                .missing()
                                .build());
    }

    @Test
    void sequenceNumbersGoThroughTheRollover() {
        StreamFeedback stream = stream("8000 8001 8002");
        assertThat(stream.sequence(0)).isEqualTo(0xfffe);
        assertThat(stream.sequence(1)).isEqualTo(0xffff);
        assertThat(stream.sequence(2)).isZero();
        StreamFeedback last = stream.range(2, 3);
        assertThat(last.beginSequence()).isZero();
        assertThat(last.arrivalTimeOffset(0)).isEqualTo(2);
    }

    @Test
    void offsetsAreIn1024thsOfASecondAndSaturate() {
        assertThat(StreamFeedback.offsetOf(0)).isZero();
        assertThat(StreamFeedback.offsetOf(SECOND / 1024)).isZero();
        assertThat(StreamFeedback.offsetOf(SECOND / 1024 + 1)).isEqualTo(1);
        assertThat(StreamFeedback.offsetOf(SECOND / 2)).isEqualTo(512);
        assertThat(StreamFeedback.offsetOf(8189 * SECOND / 1024 + 1)).isEqualTo(0x1ffd);
        assertThat(StreamFeedback.offsetOf(8190 * SECOND / 1024 + 1)).isEqualTo(0x1ffe);
        assertThat(StreamFeedback.offsetOf(Long.MAX_VALUE)).isEqualTo(0x1ffe);
        assertThat(StreamFeedback.offsetOf(-1)).isEqualTo(0x1fff);
        assertThat(StreamFeedback.offsetNanos(512)).isEqualTo(SECOND / 2);
    }

    @Test
    void reportsThatEndEarlyOrAreTooManyAreMalformed() {
        assertMalformed("8bcd0001 00000001");
        assertMalformed("8bcd0003 00000001 00000001 00020004");
        // Six reports are announced, four are there: rfc8888_test.go, incorrectNumReports.
        assertMalformed("8bcd0006 00000001 00000001 00020006 9ffd 9ffc 0000 0000 00000001");
        assertMalformed("8bcd0005 00000001 00000001 0002ffff 9ffd 9ffc 00000001");
        // The last report is there, the zeros behind it or the report's time are not.
        assertMalformed("abcd0005 00000001 00000001 00020001 8000 0000 02020202");
        assertMalformed("8bcd0004 00000001 00000001 00020001 8000 0000");
        assertMalformed("8bcd2006 00000001 00000001 00004001" + "8000".repeat(0x4002) + "00000001");
    }

    @Test
    void asManyReportsAsRfc8888AllowsAreRead() {
        var packets =
                read(
                        hex(
                                "8bcd2004 00000001 00000001 00004000"
                                        + "8000".repeat(0x4000)
                                        + "00000001"),
                        RtcpStatus.OK);
        assertThat(packets)
                .singleElement()
                .isInstanceOfSatisfying(
                        CongestionControlFeedback.class,
                        feedback ->
                                assertThat(feedback.streams().getFirst().size()).isEqualTo(16384));
    }

    @Test
    void refusesMoreReportsThanRfc8888AllowsAndFieldsThatDoNotFit() {
        var builder = new StreamFeedback.Builder(1, 0);
        for (int i = 0; i < StreamFeedback.MAX_REPORTS; i++) {
            builder.missing();
        }
        assertThatThrownBy(builder::missing).isInstanceOf(IllegalArgumentException.class);
        var empty = new StreamFeedback.Builder(1, 0);
        assertThatThrownBy(() -> empty.received(4, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> empty.received(0, 0x2000))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(empty.size()).isZero();
    }

    /** A stream from 65534 on with the given metrics. */
    private static StreamFeedback stream(String metrics) {
        int count = metrics.split(" ").length;
        String padded = count % 2 == 0 ? metrics : metrics + " 0000";
        var packets =
                read(
                        hex(
                                "8bcd%04x 00000001 00000001 fffe %04x %s 00000001"
                                        .formatted(4 + (count + 1) / 2, count, padded)),
                        RtcpStatus.OK);
        return ((CongestionControlFeedback) packets.getFirst()).streams().getFirst();
    }
}
