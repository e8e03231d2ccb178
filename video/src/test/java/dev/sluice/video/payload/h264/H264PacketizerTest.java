package dev.sluice.video.payload.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.video.payload.NalStreams;
import dev.sluice.video.payload.NalStreams.Collector;
import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.nal.NalFraming;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** The structures of RFC 6184, sections 5.6 to 5.8, written by hand. */
class H264PacketizerTest {

    private final H264Packetizer packetizer = new H264Packetizer(PacketizationMode.NON_INTERLEAVED);
    private final Collector out = new Collector();

    @Test
    void aNalUnitOfItsOwnIsThePayload() {
        packetize("00000001 65 88 84", 64);

        assertThat(out.hex()).containsExactly("658884");
        assertThat(out.markers()).containsExactly(true);
    }

    /** Figure 7. NRI is the highest: that of the parameter sets. */
    @Test
    void nalUnitsThatFitTogetherShareAPayload() {
        packetize("00000001 09 10 000001 27 42 c0 000001 28 ce 000001 06 05 000001 45 88", 64);

        assertThat(out.hex())
                .containsExactly(
                        "58 0002 0910 0003 2742c0 0002 28ce 0002 0605 0002 4588".replace(" ", ""));
        assertThat(out.markers()).containsExactly(true);
    }

    @Test
    void theForbiddenBitOfOneIsThatOfTheAggregate() {
        packetize("000001 e1 9a 000001 01 9a", 64);

        assertThat(out.hex()).containsExactly("f8 0002 e19a 0002 019a".replace(" ", ""));
    }

    @Test
    void anAggregateIsFilledToTheLastByteAndNoFurther() {
        String nal29 = "41" + "9a".repeat(28); // 1 + 2 * (2 + 29) = 63
        String nal30 = "41" + "9a".repeat(29);
        String nal31 = "41" + "9a".repeat(30);

        packetize("000001" + nal29 + "000001" + nal30, 64);
        assertThat(out.hex()).containsExactly("58001d" + nal29 + "001e" + nal30);

        packetize("000001" + nal29 + "000001" + nal31, 64);
        assertThat(out.hex().subList(1, 3)).containsExactly(nal29, nal31);
        assertThat(out.markers()).containsExactly(true, false, true);
    }

    /** Figures 14 to 16: S and E, and NRI and type of the NAL unit. */
    @Test
    void aNalUnitThatIsTooLargeIsFragmented() {
        packetize("000001 65" + "88".repeat(63) + "99".repeat(62), 64);

        assertThat(out.hex())
                .containsExactly(
                        "7c85" + "88".repeat(42),
                        "7c05" + "88".repeat(21) + "99".repeat(21),
                        "7c45" + "99".repeat(41));
        assertThat(out.markers()).containsExactly(false, false, true);
    }

    @Test
    void aNalUnitOneByteTooLargeHasTwoFragments() {
        packetize("000001 65" + "88".repeat(64), 64);

        assertThat(out.hex()).containsExactly("7c85" + "88".repeat(32), "7c45" + "88".repeat(32));
    }

    @Test
    void aNalUnitThatFitsExactlyIsNotFragmented() {
        packetize("000001 65" + "88".repeat(63), 64);

        assertThat(out.hex()).containsExactly("65" + "88".repeat(63));
    }

    @Test
    void onlyTheLastPayloadEndsTheFrame() {
        packetize("000001 67 42 000001 65" + "88".repeat(100) + "000001 65 08", 64);

        assertThat(out.hex()).hasSize(4).first().isEqualTo("6742");
        assertThat(out.markers()).containsExactly(false, false, false, true);
    }

    @Test
    void packetizationMode0SendsEachNalUnitAlone() {
        new H264Packetizer(PacketizationMode.SINGLE_NAL_UNIT)
                .packetize(PayloadBytes.of("000001 67 42 000001 68 ce"), 64, out);

        assertThat(out.hex()).containsExactly("6742", "68ce");
        assertThat(out.markers()).containsExactly(false, true);
    }

    @Test
    void packetizationMode0RefusesANalUnitThatIsTooLarge() {
        ByteBuf frame = PayloadBytes.of("000001 67 42 000001 65" + "88".repeat(64));

        assertThatThrownBy(
                        () ->
                                new H264Packetizer(PacketizationMode.SINGLE_NAL_UNIT)
                                        .packetize(frame, 64, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NAL unit 1 has 65 bytes");
        assertThat(out.payloads()).isEmpty();
    }

    @Test
    void takesNalUnitsAfterTheirLengths() {
        new H264Packetizer(PacketizationMode.NON_INTERLEAVED, NalFraming.LENGTH_PREFIXED)
                .packetize(PayloadBytes.of("00000002 6742 00000002 68ce"), 64, out);

        assertThat(out.hex()).containsExactly("78 0002 6742 0002 68ce".replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "658884", "00000001", "000001 65 88 000001 78 00", "000001 60 88"})
    void refusesWhatIsNoAccessUnitBeforeItHandsOutAnything(String hex) {
        assertThatThrownBy(() -> packetize(hex, 64)).isInstanceOf(IllegalArgumentException.class);
        assertThat(out.payloads()).isEmpty();
    }

    @Test
    void refusesASizeThatHoldsNothing() {
        assertThatThrownBy(() -> packetize("000001 65 88", 63))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("63");
    }

    @Test
    void leavesTheIndicesOfTheFrame() {
        ByteBuf frame = PayloadBytes.of("ff 000001 65 88 ff");
        frame.setIndex(1, 6);

        packetizer.packetize(frame, 64, out);

        assertThat(out.hex()).containsExactly("6588");
        assertThat(frame.readerIndex()).isEqualTo(1);
        assertThat(frame.writerIndex()).isEqualTo(6);
    }

    @Test
    void aNalUnitTooLongForTheSizeFieldOfAnAggregateGoesAlone() {
        String large = "65" + "88".repeat(0xffff);

        packetize("000001" + large + "000001 68 ce", 100_000);

        assertThat(out.hex()).isEqualTo(List.of(large, "68ce"));
    }

    private void packetize(String hex, int maxPayloadSizeBytes) {
        packetizer.packetize(PayloadBytes.of(hex), maxPayloadSizeBytes, out);
    }

    @Test
    void theByteStreamOfATestIsWhatItSays() {
        assertThat(NalStreams.nalUnits(NalStreams.byteStream(List.of("6742", "68ce"))))
                .containsExactly("6742", "68ce");
    }
}
