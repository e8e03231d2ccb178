package dev.sluice.video.payload.av1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.payload.Depacketizer.FrameStart;
import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.PayloadStatus;
import dev.sluice.video.payload.Payloads;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;

/**
 * Vectors marked with a name are those of libwebrtc, video_rtp_depacketizer_av1_unittest.cc, behind
 * a temporal delimiter.
 */
class Av1DepacketizerTest {

    private static final String DELIMITER = "1200";

    private final Av1Depacketizer depacketizer = new Av1Depacketizer();

    @ParameterizedTest
    @CsvSource({
        // AssembleFrameSetsOBUPayloadSizeWhenAbsent, WhenPresent
        "10 30 14 1e 28,                              32 03 14 1e 28",
        "10 32 03 14 1e 28,                           32 03 14 1e 28",
        // AssembleFrameSetsOBUPayloadSizeAfterExtensionWhenAbsent, WhenPresent
        "10 34 48 14 1e 28,                           36 48 03 14 1e 28",
        "10 36 48 03 14 1e 28,                        36 48 03 14 1e 28",
        // AssembleFrameFromOnePacketWithOneObu, WithTwoObus
        "10 30 14,                                    32 01 14",
        "20 02 08 0a 30 14,                           0a 01 0a 32 01 14",
        // AssembleFrameFromTwoPacketsWithOneObu, WithTwoObu
        "50 30 14 1e / 90 28,                         32 03 14 1e 28",
        "60 02 08 0a 30 14 1e / 90 28,                0a 01 0a 32 03 14 1e 28",
        // AssembleFrameFromTwoPacketsWithManyObusSomeWithExtensions
        "40 02080a 022814 042c30141e 053430283c46 / 90 50 5a 64,"
                + " 0a010a 2a0114 2e3002141e 36300628 3c46505a64",
        // AssembleFrameWithOneObuFromManyPackets
        "50 30 0b 0c / d0 0d 0e / d0 0f 10 11 / 90 12, 32 08 0b 0c 0d 0e 0f 10 11 12",
        // AssembleFrameFromManyPacketsWithSomeObuBorderAligned
        "60 03180b0c 20151617 / 90 18191a1b / 60 03380b0c 201f20 / 90 21222324,"
                + " 1a020b0c 220715161718191a1b 3a020b0c 22061f2021222324"
    })
    void putsObusTogetherWithTheirSizes(String payloads, String unit) {
        assertThat(join(payloads)).isEqualTo(DELIMITER + unit.replace(" ", ""));
    }

    /** AssembleFrameFromOnePacketsOneObuPayloadSize127Bytes: lengths are as long as they need. */
    @Test
    void writesSizesInAsFewBytesAsTheyNeed() {
        String zeros127 = "00".repeat(127);
        assertThat(join("00 8001 30" + zeros127)).isEqualTo(DELIMITER + "327f" + zeros127);
    }

    /** AssembleFrameFromTwoPacketsOneObuPayloadSize128Bytes. */
    @Test
    void writesTheSizeOfAWholeObuNotOfItsParts() {
        String unit = join("40 21 30" + "11".repeat(32) + "/ 80 60" + "22".repeat(96));

        assertThat(unit).isEqualTo(DELIMITER + "328001" + "11".repeat(32) + "22".repeat(96));
    }

    @Test
    void ignoresDelimitersAndTileLists() {
        assertThat(join("30 01 10 02 40 aa 30 14")).isEqualTo(DELIMITER + "320114");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // nothing but the header; fewer and more elements than counted
                "10",
                "20 02 30 14",
                "20 03 30 14",
                // a length past the end, of too many bytes, too large
                "00 05 30 14",
                "00 80 80 80 80 80 80 80 80 00",
                "00 ff ff ff ff 1f 30",
                // an element of no bytes, a forbidden bit, a size that is not that of the element
                "00 00",
                "10 b0 14",
                "10 32 02 14",
                "10 32 01 14 1e",
                // no second byte of the header; N with Z
                "10 34",
                "98 30 14"
            })
    void refusesWhatIsNoPayload(String hex) {
        ByteBuf frame = Unpooled.buffer().writeBytes(PayloadBytes.of("12 00"));

        assertThat(depacketizer.append(PayloadBytes.of(hex), frame))
                .isEqualTo(PayloadStatus.MALFORMED);
        assertThat(ByteBufUtil.hexDump(frame)).isEqualTo("1200");
    }

    @Test
    void aContinuationWithoutItsStartIsIncomplete() {
        ByteBuf frame = Unpooled.buffer();

        assertThat(depacketizer.append(PayloadBytes.of("a0 01 28 30 14"), frame))
                .isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(frame.isReadable()).isFalse();
    }

    @Test
    void aLossInsideAnObuLeavesTheObusBeforeIt() {
        ByteBuf frame = Unpooled.buffer();
        assertThat(depacketizer.append(PayloadBytes.of("60 02 08 0a 30 14"), frame))
                .isEqualTo(PayloadStatus.OK);
        depacketizer.reset();

        assertThat(depacketizer.append(PayloadBytes.of("90 1e"), frame))
                .isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(ByteBufUtil.hexDump(frame)).isEqualTo(DELIMITER + "0a010a");
    }

    @Test
    void anObuThatNeverWentOnIsIncompleteAndForgotten() {
        ByteBuf frame = Unpooled.buffer();
        depacketizer.append(PayloadBytes.of("50 30 14"), frame);

        assertThat(depacketizer.append(PayloadBytes.of("10 30 1e"), frame))
                .isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(depacketizer.append(PayloadBytes.of("90 1e"), frame))
                .isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(ByteBufUtil.hexDump(frame)).isEqualTo(DELIMITER);
    }

    @Test
    void anEmptyFrameBeginsWithoutWhatWasBegunBefore() {
        depacketizer.append(PayloadBytes.of("50 30 14"), Unpooled.buffer());

        ByteBuf next = Unpooled.buffer();
        assertThat(depacketizer.append(PayloadBytes.of("10 30 1e"), next))
                .isEqualTo(PayloadStatus.OK);
        assertThat(ByteBufUtil.hexDump(next)).isEqualTo(DELIMITER + "32011e");
    }

    @Test
    void anEndlessObuIsRefused() {
        ByteBuf frame = Unpooled.buffer();
        ByteBuf part = Unpooled.buffer().writeByte(0xd0).writeZero(1 << 20);
        assertThat(depacketizer.append(PayloadBytes.of("50 30"), frame))
                .isEqualTo(PayloadStatus.OK);
        for (int i = 0; i < 15; i++) {
            assertThat(depacketizer.append(part, frame)).isEqualTo(PayloadStatus.OK);
        }

        assertThat(depacketizer.append(part, frame)).isEqualTo(PayloadStatus.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"18 08, YES", "10 30, UNKNOWN", "90 30, NO", "10, NO"})
    void tellsWhatItKnowsOfAFramesStart(String payload, FrameStart expected) {
        assertThat(depacketizer.frameStart(PayloadBytes.of(payload))).isEqualTo(expected);
    }

    private String join(String payloads) {
        List<ByteBuf> list =
                Arrays.stream(payloads.split("/", -1))
                        .map(payload -> PayloadBytes.of(payload.strip()))
                        .toList();
        return ByteBufUtil.hexDump(Payloads.join(depacketizer, list));
    }
}
