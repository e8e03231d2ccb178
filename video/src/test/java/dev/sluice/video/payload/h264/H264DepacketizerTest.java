package dev.sluice.video.payload.h264;

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

class H264DepacketizerTest {

    private final H264Depacketizer depacketizer = new H264Depacketizer();
    private final ByteBuf frame = Unpooled.buffer();

    /** Figure 2 of RFC 6184. */
    @Test
    void aSingleNalUnitComesAfterAStartCode() {
        assertThat(append("65 88 84")).isEqualTo(PayloadStatus.OK);
        assertThat(append("0a")).isEqualTo(PayloadStatus.OK);

        assertFrame("00000001 65 88 84 00000001 0a");
    }

    /** Figure 7. */
    @Test
    void anAggregateIsTakenApart() {
        assertThat(append("78 0003 67 42 c0 0002 68 ce")).isEqualTo(PayloadStatus.OK);

        assertFrame("00000001 67 42 c0 00000001 68 ce");
    }

    /** Figure 14: the header is put together of F and NRI of the indicator and the type. */
    @Test
    void fragmentsBecomeOneNalUnit() {
        assertThat(append("7c 85 88 84")).isEqualTo(PayloadStatus.OK);
        assertThat(append("7c 05 21")).isEqualTo(PayloadStatus.OK);
        assertThat(append("7c 05")).isEqualTo(PayloadStatus.OK); // may be empty: section 5.8
        assertFrame("");

        assertThat(append("7c 45 42")).isEqualTo(PayloadStatus.OK);

        assertFrame("00000001 65 88 84 21 42");
    }

    @Test
    void theReservedBitOfAFragmentIsIgnored() {
        append("7c a5 88");
        append("7c 65 84");

        assertFrame("00000001 65 88 84");
    }

    @Test
    void keepsTheForbiddenBitForTheDecoderToSee() {
        append("e5 88");
        append("fc 85 88");
        append("fc 45 84");

        assertFrame("00000001 e5 88 00000001 e5 88 84");
    }

    @Test
    void aFragmentWithoutItsStartIsIncomplete() {
        assertThat(append("7c 05 88")).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(append("7c 45 88")).isEqualTo(PayloadStatus.INCOMPLETE);

        assertFrame("");
    }

    @Test
    void nothingOfANalUnitIsLeftWhoseFragmentsBreakOff() {
        append("67 42");
        append("7c 85 88 84");
        depacketizer.reset(); // a packet is missing

        assertThat(append("7c 05 21")).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(append("7c 45 42")).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(append("7c 85 99")).isEqualTo(PayloadStatus.OK);
        assertThat(append("7c 45 aa")).isEqualTo(PayloadStatus.OK);

        assertFrame("00000001 67 42 00000001 65 99 aa");
    }

    @ParameterizedTest
    @ValueSource(strings = {"41 9a", "78 0002 41 9a", "7f", "79 00", "7c c5 88", "5c 41 9a"})
    void whateverComesBetweenFragmentsBreaksThemOff(String between) {
        append("7c 85 88");
        append(between);

        assertThat(append("7c 45 84")).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(ByteBufUtil.hexDump(frame)).doesNotContain("6588");
    }

    @Test
    void aNewStartTakesThePlaceOfABegunNalUnit() {
        append("7c 85 88");
        append("7c 85 99");
        append("7c 45 aa");

        assertFrame("00000001 65 99 aa");
    }

    @Test
    void fragmentsDoNotGoOnInAnotherFrame() {
        append("7c 85 88");
        ByteBuf other = Unpooled.buffer();

        assertThat(depacketizer.append(PayloadBytes.of("7c 45 84"), other))
                .isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(other.readableBytes()).isZero();
    }

    @Test
    void fragmentsDoNotGoOnWhereTheFrameWasWrittenTo() {
        append("7c 85 88");
        frame.writeByte(1);

        assertThat(append("7c 45 84")).isEqualTo(PayloadStatus.INCOMPLETE);
        assertFrame("01");
    }

    @Test
    void aFrameGrowsWhileANalUnitIsBegun() {
        String fragment = "ab".repeat(1000);
        append("7c 85" + fragment);
        for (int i = 0; i < 10; i++) {
            append("7c 05" + fragment);
        }
        append("7c 45" + fragment);

        assertFrame("00000001 65" + fragment.repeat(12));
    }

    /** STAP-B, MTAP16, MTAP24, FU-B: packetization mode 2 only. */
    @ParameterizedTest
    @ValueSource(strings = {"79 0000 0002 65 88", "7a 0000", "7b 0000", "7d 85 0000 88"})
    void theInterleavedKindsAreUnsupported(String hex) {
        assertThat(append(hex)).isEqualTo(PayloadStatus.UNSUPPORTED);
        assertFrame("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "60 88", // type 0
                "7e 88", // reserved
                "7f 88",
                "78", // an aggregate of nothing
                "78 00",
                "78 0000", // an empty NAL unit
                "78 0002 65 88 0000",
                "78 0002 65 88 00", // cut off
                "78 0003 65 88",
                "78 0002 65 88 ffff 65",
                "78 0003 78 00 00", // nested
                "78 0002 7c 85",
                "78 0001 60",
                "7c", // no FU header
                "7c c5 88", // starts and ends
                "7c 80 88", // type 0 in fragments
                "7c 9c 88", // FU-A in fragments
                "7c 98 88"
            })
    void whatIsNotOfTheFormatIsMalformedAndAppendsNothing(String hex) {
        assertThat(append(hex)).isEqualTo(PayloadStatus.MALFORMED);
        assertFrame("");
    }

    @ParameterizedTest
    @CsvSource({
        "09 10, YES",
        "78 0002 09 10 0002 67 42, YES",
        "67 42, UNKNOWN",
        "78 0002 67 42, UNKNOWN",
        "65 88, UNKNOWN",
        "41 9a, UNKNOWN",
        "7c 85 88, UNKNOWN",
        "65 08, NO",
        "41 40, NO",
        "7c 85 08, NO",
        "7c 05 88, NO",
        "7c 45 88, NO",
        "0a, NO",
        "0c ff, NO",
        "65, UNKNOWN",
        "78 00, UNKNOWN",
        "7c, UNKNOWN",
        "7c 85, UNKNOWN",
    })
    void tellsWhetherAPayloadBeginsAnAccessUnit(String hex, FrameStart start) {
        assertThat(depacketizer.frameStart(PayloadBytes.of(hex))).isEqualTo(start);
    }

    @Test
    void askingForTheStartOfAFrameChangesNothing() {
        append("7c 85 88");
        depacketizer.frameStart(PayloadBytes.of("09 10"));
        append("7c 45 84");

        assertFrame("00000001 65 88 84");
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

            // one start code for each NAL unit, whose length field and header are 3 bytes
            bound += bytes.length + 4 * (1 + bytes.length / 3);
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
