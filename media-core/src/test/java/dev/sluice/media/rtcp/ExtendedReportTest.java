package dev.sluice.media.rtcp;

import static dev.sluice.media.rtcp.RtcpBytes.assertMalformed;
import static dev.sluice.media.rtcp.RtcpBytes.assertOnWire;
import static dev.sluice.media.rtcp.RtcpBytes.hex;
import static dev.sluice.media.rtcp.RtcpBytes.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;

import org.junit.jupiter.api.Test;

import java.util.List;

class ExtendedReportTest {

    private static final long SENDER = 0x12345678L;

    /** From libwebrtc, extended_reports_unittest.cc: kEmptyPacket. */
    @Test
    void mayHaveNoBlocks() {
        assertOnWire(new ExtendedReport(SENDER, List.of()), "80cf0001 12345678");
        assertMalformed("80cf0000");
    }

    /** From libwebrtc, rrtr_unittest.cc and dlrr_unittest.cc: kBlock. */
    @Test
    void referenceTimesAndTheirAnswersHaveTheLayoutOfRfc3611() {
        assertOnWire(
                new ExtendedReport(
                        SENDER,
                        List.of(
                                new ReceiverReferenceTimeBlock(0x1234567823456789L),
                                new DlrrBlock(
                                        List.of(
                                                new DlrrBlock.Entry(
                                                        0x12345678L, 0x23344556L, 0x33343536L))))),
                "80cf0008 12345678 04000002 1234567823456789 05000003 12345678 23344556 33343536");
    }

    /** From pion/rtcp, extended_report_test.go: encodedPacket, with a block of each kind. */
    @Test
    void eachBlockOfRfc3611IsReadOrKept() {
        assertOnWire(
                new ExtendedReport(
                        0x01020304,
                        List.of(
                                opaque(1, 12, "12345689 0005000c 40060006 87650000"),
                                opaque(2, 6, "12345689 0005000c 41233fff ffff0000"),
                                opaque(
                                        3,
                                        3,
                                        "98765432 3c483cd9 11111111 22222222 33333333 44444444"
                                                + " 55555555"),
                                new ReceiverReferenceTimeBlock(0x0102030405060708L),
                                new DlrrBlock(
                                        List.of(
                                                answer(0x88888888L),
                                                answer(0x09090909L),
                                                answer(0x11223344L))),
                                new StatisticsSummaryBlock(
                                        0xfedcba98L,
                                        0x1234,
                                        0x5678,
                                        0x11111111L,
                                        0x22222222L,
                                        new StatisticsSummaryBlock.Jitter(
                                                0x33333333L, 0x44444444L, 0x55555555L, 0x66666666L),
                                        new StatisticsSummaryBlock.Hops(false, 1, 2, 3, 4)),
                                opaque(
                                        OpaqueXrBlock.VOIP_METRICS,
                                        0,
                                        "89abcdef 05060708 11112222 33334444 11223344 55667788"
                                                + " 99001122 33445566"))),
                "80cf0033 01020304 010c0004 12345689 0005000c 40060006 87650000"
                        + " 02060004 12345689 0005000c 41233fff ffff0000"
                        + " 03030007 98765432 3c483cd9 11111111 22222222 33333333 44444444 55555555"
                        + " 04000002 0102030405060708"
                        + " 05000009 88888888 12345678 99999999 09090909 12345678 99999999"
                        + " 11223344 12345678 99999999"
                        + " 06e80009 fedcba98 12345678 11111111 22222222 33333333 44444444 55555555"
                        + " 66666666 01020304"
                        + " 07000008 89abcdef 05060708 11112222 33334444 11223344 55667788 99001122"
                        + " 33445566");
    }

    @Test
    void whatAStatisticsSummaryDoesNotAnnounceIsSkipped() {
        var packets =
                read(
                        hex("80cf000b 00000001 06070009 00000002 00030004" + "ffffffff".repeat(7)),
                        RtcpStatus.OK);
        assertThat(packets)
                .containsExactly(
                        new ExtendedReport(
                                1,
                                List.of(new StatisticsSummaryBlock(2, 3, 4, -1, -1, null, null))));
        assertOnWire(
                new ExtendedReport(
                        1,
                        List.of(
                                new StatisticsSummaryBlock(
                                        2,
                                        3,
                                        4,
                                        5,
                                        -1,
                                        null,
                                        new StatisticsSummaryBlock.Hops(true, 1, 2, 3, 4)))),
                "80cf000b 00000001 06900009 00000002 00030004 00000005"
                        + "00000000".repeat(5)
                        + "01020304");
    }

    @Test
    void blocksThatAreNotKnownOrNotOfTheirTypesLengthAreKept() {
        assertOnWire(
                new ExtendedReport(
                        1,
                        List.of(
                                opaque(42, 1, "00010203"),
                                opaque(4, 9, "01020304"),
                                opaque(5, 0, "00000001 00000002"),
                                opaque(6, 0xe8, ""),
                                opaque(255, 0, ""))),
                "80cf000a 00000001 2a010001 00010203 04090001 01020304"
                        + " 05000002 00000001 00000002 06e80000 ff000000");
    }

    @Test
    void blocksThatPassTheEndAreMalformed() {
        assertMalformed("80cf0002 00000001 2a010001");
        assertMalformed("80cf0003 00000001 2a01ffff 00000000");
        assertMalformed("a0cf0002 00000001 2a010001");
    }

    @Test
    void moreBlocksThanAnyReportHasAreMalformed() {
        int max = ExtendedReport.MAX_BLOCKS;
        assertThat(read(hex(blocks(max)), RtcpStatus.OK)).hasSize(1);
        assertMalformed(blocks(max + 1));
    }

    private static String blocks(int count) {
        return "80cf%04x 00000001".formatted(count + 1) + "2a000000".repeat(count);
    }

    private static DlrrBlock.Entry answer(long ssrc) {
        return new DlrrBlock.Entry(ssrc, 0x12345678L, 0x99999999L);
    }

    private static OpaqueXrBlock opaque(int type, int typeSpecific, String content) {
        return new OpaqueXrBlock(
                type, typeSpecific, Octets.of(ByteBufUtil.decodeHexDump(content.replace(" ", ""))));
    }
}
