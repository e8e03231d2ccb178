package dev.sluice.video.payload.h265;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.payload.Depacketizer.FrameStart;
import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.PayloadStatus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class H265DepacketizerTest {

    private final H265Depacketizer depacketizer = new H265Depacketizer();
    private final ByteBuf frame = Unpooled.buffer();

    @Test
    void aSingleNalUnitComesAfterAStartCode() {
        assertThat(append("2601 af 08")).isEqualTo(PayloadStatus.OK);
        assertThat(append("4a01")).isEqualTo(PayloadStatus.OK);

        assertFrame("00000001 2601 af 08 00000001 4a01");
    }

    @Test
    void anAggregateIsTakenApart() {
        assertThat(append("6001 0003 40010c 0004 42010101")).isEqualTo(PayloadStatus.OK);

        assertFrame("00000001 40010c 00000001 42010101");
    }

    @Test
    void fragmentsBecomeOneNalUnitWithItsLayerAndTid() {
        assertThat(append("620a 93 af08")).isEqualTo(PayloadStatus.OK);
        assertThat(append("620a 13 21")).isEqualTo(PayloadStatus.OK);
        assertFrame("");

        assertThat(append("620a 53 42")).isEqualTo(PayloadStatus.OK);

        assertFrame("00000001 260a af08 21 42");
    }

    @Test
    void keepsTheForbiddenBitForTheDecoderToSee() {
        append("e201 93 af");
        append("e201 53 08");

        assertFrame("00000001 a601 af 08");
    }

    @Test
    void aFragmentWithoutItsStartIsIncomplete() {
        assertThat(append("6201 13 88")).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(append("6201 53 88")).isEqualTo(PayloadStatus.INCOMPLETE);

        assertFrame("");
    }

    @Test
    void nothingOfANalUnitIsLeftWhoseFragmentsBreakOff() {
        append("4001 0c");
        append("6201 93 af");
        depacketizer.reset(); // a packet is missing

        assertThat(append("6201 53 42")).isEqualTo(PayloadStatus.INCOMPLETE);
        append("6201 93 99");
        append("6201 53 aa");

        assertFrame("00000001 4001 0c 00000001 2601 99 aa");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0201 d0", "6001 0003 0201d0", "6401 00", "66", "6201 d3 88", "6201 41 d0"})
    void whateverComesBetweenFragmentsBreaksThemOff(String between) {
        append("6201 93 af");
        append(between);

        assertThat(append("6201 53 08")).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(ByteBufUtil.hexDump(frame)).doesNotContain("2601");
    }

    @Test
    void fragmentsDoNotGoOnInAnotherFrame() {
        append("6201 93 af");
        ByteBuf other = Unpooled.buffer();

        assertThat(depacketizer.append(PayloadBytes.of("6201 53 08"), other))
                .isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(other.readableBytes()).isZero();
    }

    @Test
    void payloadContentInformationIsUnsupported() {
        assertThat(append("6401 2600 af")).isEqualTo(PayloadStatus.UNSUPPORTED);
        assertFrame("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "26",
                "2600 af", // TID 0
                "6601 00", // reserved
                "7e01 00",
                "6001", // an aggregate of nothing
                "6001 00",
                "6001 0000",
                "6001 0001 26", // no whole header
                "6001 0003 2601af 00", // cut off
                "6001 0004 2601af",
                "6001 0003 600100", // nested
                "6001 0003 2600af",
                "6201", // no FU header
                "6201 93", // no byte of the NAL unit
                "6201 d3 88", // starts and ends
                "6201 b0 88", // an aggregate in fragments
                "6200 93 88" // TID 0
            })
    void whatIsNotOfTheFormatIsMalformedAndAppendsNothing(String hex) {
        assertThat(append(hex)).isEqualTo(PayloadStatus.MALFORMED);
        assertFrame("");
    }

    @ParameterizedTest
    @CsvSource({
        "4601 50, YES",
        "6001 0003 460150 0003 40010c, YES",
        "4001 0c, UNKNOWN",
        "6001 0003 40010c, UNKNOWN",
        "2601 af, UNKNOWN",
        "6201 93 af, UNKNOWN",
        "2601 2f, NO",
        "0201 50, NO",
        "6001 0003 020150, NO",
        "6201 93 2f, NO",
        "6201 13 af, NO",
        "6201 53 af, NO",
        "5001 05, NO",
        "4c01 ff, NO",
        "26, UNKNOWN",
        "6001 00, UNKNOWN",
        "6201 93, UNKNOWN",
    })
    void tellsWhetherAPayloadBeginsAnAccessUnit(String hex, FrameStart start) {
        assertThat(depacketizer.frameStart(PayloadBytes.of(hex))).isEqualTo(start);
    }

    @Property
    void arbitraryBytesNeverThrowAndGrowByStartCodesOnly(
            @ForAll @Size(max = 16) List<@Size(max = 24) byte[]> payloads) {
        frame.clear();
        int bound = 0;
        for (byte[] bytes : payloads) {
            ByteBuf payload = Unpooled.wrappedBuffer(bytes);
            int before = frame.readableBytes();
            depacketizer.frameStart(payload);
            PayloadStatus status = depacketizer.append(payload, frame);

            // one start code for each NAL unit, whose length field and header are 4 bytes
            bound += bytes.length + 4 * (1 + bytes.length / 4);
            assertThat(frame.readableBytes()).isBetween(before, bound);
            assertThat(status == PayloadStatus.OK || frame.readableBytes() == before).isTrue();
            assertThat(payload.readableBytes()).isEqualTo(bytes.length);
        }
        depacketizer.reset();
    }

    private PayloadStatus append(String hex) {
        return depacketizer.append(PayloadBytes.of(hex), frame);
    }

    private void assertFrame(String hex) {
        assertThat(ByteBufUtil.hexDump(frame)).isEqualTo(hex.replace(" ", ""));
    }
}
