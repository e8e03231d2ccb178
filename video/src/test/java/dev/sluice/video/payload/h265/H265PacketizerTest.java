package dev.sluice.video.payload.h265;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.video.payload.NalStreams.Collector;
import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.nal.NalFraming;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** The structures of RFC 7798, sections 4.4.1 to 4.4.3, written by hand. */
class H265PacketizerTest {

    private final H265Packetizer packetizer = new H265Packetizer();
    private final Collector out = new Collector();

    @Test
    void aNalUnitOfItsOwnIsThePayload() {
        packetize("00000001 2601 af 08", 64);

        assertThat(out.hex()).containsExactly("2601af08");
        assertThat(out.markers()).containsExactly(true);
    }

    /** Type 48, the lowest LayerId and the lowest TID of all. */
    @Test
    void nalUnitsThatFitTogetherShareAPayload() {
        packetize("00000001 400a 0c 000001 4213 01 000001 440b c1", 64);

        assertThat(out.hex())
                .containsExactly("600a 0003 400a0c 0003 421301 0003 440bc1".replace(" ", ""));
        assertThat(out.markers()).containsExactly(true);
    }

    @Test
    void theForbiddenBitOfOneIsThatOfTheAggregate() {
        packetize("000001 a601 af 000001 0201 d0", 64);

        assertThat(out.hex()).containsExactly("e001 0003 a601af 0003 0201d0".replace(" ", ""));
    }

    @Test
    void anAggregateIsFilledToTheLastByteAndNoFurther() {
        String nal29 = "0201" + "9a".repeat(27); // 2 + 2 + 29 + 2 + 29 = 64
        String nal30 = "0201" + "9a".repeat(28);

        packetize("000001" + nal29 + "000001" + nal29, 64);
        assertThat(out.hex()).containsExactly("6001001d" + nal29 + "001d" + nal29);

        packetize("000001" + nal29 + "000001" + nal30, 64);
        assertThat(out.hex().subList(1, 3)).containsExactly(nal29, nal30);
        assertThat(out.markers()).containsExactly(true, false, true);
    }

    /** Layer and TID of the header stay; its type moves into the FU header. */
    @Test
    void aNalUnitThatIsTooLargeIsFragmented() {
        packetize("000001 260a" + "88".repeat(123), 64);

        assertThat(out.hex())
                .containsExactly(
                        "620a93" + "88".repeat(41),
                        "620a13" + "88".repeat(41),
                        "620a53" + "88".repeat(41));
        assertThat(out.markers()).containsExactly(false, false, true);
    }

    @Test
    void aNalUnitOneByteTooLargeHasTwoFragments() {
        packetize("000001 2601" + "88".repeat(63), 64);

        assertThat(out.hex())
                .containsExactly("620193" + "88".repeat(32), "620153" + "88".repeat(31));
    }

    @Test
    void onlyTheLastPayloadEndsTheFrame() {
        packetize("000001 4001 0c 000001 2601" + "88".repeat(100) + "000001 5001 05", 64);

        assertThat(out.markers()).containsExactly(false, false, false, true);
    }

    @Test
    void takesNalUnitsAfterTheirLengths() {
        new H265Packetizer(NalFraming.LENGTH_PREFIXED)
                .packetize(PayloadBytes.of("00000003 40010c 00000003 420101"), 64, out);

        assertThat(out.hex()).containsExactly("6001 0003 40010c 0003 420101".replace(" ", ""));
    }

    /** Type 48 to 50 are of RFC 7798, TID 0 is forbidden, and a header has 2 bytes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2601af",
                "000001 26",
                "000001 2601 af 000001 6001 00",
                "000001 6201 00",
                "000001 6401 00",
                "000001 2600 af"
            })
    void refusesWhatIsNoAccessUnitBeforeItHandsOutAnything(String hex) {
        assertThatThrownBy(() -> packetize(hex, 64)).isInstanceOf(IllegalArgumentException.class);
        assertThat(out.payloads()).isEmpty();
    }

    @Test
    void refusesASizeThatHoldsNothing() {
        assertThatThrownBy(() -> packetize("000001 2601 af", 63))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("63");
    }

    @Test
    void aNalUnitTooLongForTheSizeFieldOfAnAggregateGoesAlone() {
        String large = "2601" + "88".repeat(0xffff);

        packetize("000001" + large + "000001 5001 05", 100_000);

        assertThat(out.hex()).isEqualTo(List.of(large, "500105"));
    }

    private void packetize(String hex, int maxPayloadSizeBytes) {
        packetizer.packetize(PayloadBytes.of(hex), maxPayloadSizeBytes, out);
    }
}
