package dev.sluice.media.rtcp;

import static dev.sluice.media.rtcp.RtcpBytes.assertMalformed;
import static dev.sluice.media.rtcp.RtcpBytes.assertOnWire;
import static dev.sluice.media.rtcp.RtcpBytes.hex;
import static dev.sluice.media.rtcp.RtcpBytes.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

class ReportsTest {

    private static final ReportBlock BLOCK =
            new ReportBlock(
                    0xabcdef01L, 55, -2, 0x0001_ffffL, 0x80000000L, 0xb7052000L, 0x00054000L);
    private static final String BLOCK_BYTES =
            "abcdef01 37 fffffe 0001ffff 80000000 b7052000 00054000";

    @Test
    void senderReportHasTheLayoutOfRfc3550() {
        assertOnWire(
                new SenderReport(
                        0x12345678,
                        0xb44db70520000000L,
                        0xf0000001L,
                        7,
                        0xffffffffL,
                        List.of(BLOCK)),
                "81c8000c 12345678 b44db70520000000 f0000001 00000007 ffffffff" + BLOCK_BYTES);
    }

    @Test
    void receiverReportHasTheLayoutOfRfc3550() {
        assertOnWire(new ReceiverReport(0x12345678, List.of()), "80c90001 12345678");
        assertOnWire(
                new ReceiverReport(0x12345678, List.of(BLOCK, BLOCK)),
                "82c9000d 12345678" + BLOCK_BYTES + BLOCK_BYTES);
    }

    @Test
    void profileSpecificExtensionsAreSkipped() {
        assertThat(read(hex("80c90003 12345678 0102030405060708"), RtcpStatus.OK))
                .containsExactly(new ReceiverReport(0x12345678, List.of()));
    }

    @Test
    void reportsThatEndBeforeTheirBlocksAreMalformed() {
        assertMalformed("81c90001 12345678");
        assertMalformed("80c90000");
        assertMalformed("80c80005 12345678 b44db70520000000 f0000001 00000007");
        assertMalformed("82c9000" + "7 12345678" + BLOCK_BYTES);
    }

    @Test
    void cumulativeLossIsHeldTo24Bits() {
        assertThat(new ReportBlock(1, 0, 9_000_000, 0, 0, 0, 0).cumulativeLost())
                .isEqualTo(8_388_607);
        assertThat(new ReportBlock(1, 0, -9_000_000, 0, 0, 0, 0).cumulativeLost())
                .isEqualTo(-8_388_608);
    }

    @Test
    void aReportRefusesMoreThan31Blocks() {
        assertThatThrownBy(() -> new ReceiverReport(1, Collections.nCopies(32, BLOCK)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32");
    }
}
