package dev.sluice.video.payload.h265;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.payload.PayloadBytes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H265PayloadTest {

    private static final String VPS = "40010c01ffff01600000030090000003000003001e959809";

    /** 100x50, by x265. */
    private static final String SPS =
            "42010101600000030090000003000003001ea034839dc996566b932bc05a020000030002000003003210";

    private static final String PPS = "4401c173d189";

    private final H265Payload payload = new H265Payload();

    @ParameterizedTest
    @CsvSource({
        "2001 af, true", // BLA_W_LP, 16
        "2601 af, true", // IDR_W_RADL, 19
        "2801 af, true", // IDR_N_LP, 20
        "2a01 af, true", // CRA, 21
        "2601 2f, false", // a later slice segment
        "2c01 af, false", // 22 is reserved
        "1e01 af, false", // 15
        "0201 d0, false", // TRAIL_R
        "4401 c1, false", // picture parameters alone
    })
    void theFirstSliceOfARandomAccessPictureStartsAKeyFrame(String hex, boolean starts) {
        assertThat(wrap(hex)).isTrue();

        assertThat(payload.startsKeyFrame()).isEqualTo(starts);
        assertThat(payload.startsRandomAccessPicture()).isEqualTo(starts);
    }

    @Test
    void parameterSetsStartAKeyFrame() {
        assertThat(wrap(VPS)).isTrue();
        assertThat(payload.hasVideoParameters()).isTrue();
        assertThat(payload.startsKeyFrame()).isTrue();
        assertThat(payload.width()).isZero();

        assertThat(wrap(SPS)).isTrue();
        assertThat(payload.hasVideoParameters()).isFalse();
        assertThat(payload.startsKeyFrame()).isTrue();
        assertThat(payload.width()).isEqualTo(100);
        assertThat(payload.height()).isEqualTo(50);
    }

    @Test
    void looksIntoAnAggregate() {
        assertThat(wrap("6001 0018" + VPS + "002a" + SPS + "0006" + PPS)).isTrue();
        assertThat(payload.hasVideoParameters()).isTrue();
        assertThat(payload.width()).isEqualTo(100);

        assertThat(wrap("6001 0006" + PPS + "0003 2601af")).isTrue();
        assertThat(payload.startsRandomAccessPicture()).isTrue();
        assertThat(payload.hasSequenceParameters()).isFalse();
    }

    @Test
    void onlyTheFirstFragmentStartsAKeyFrame() {
        assertThat(wrap("6201 93 af")).isTrue();
        assertThat(payload.startsKeyFrame()).isTrue();

        assertThat(wrap("6201 13 af")).isTrue();
        assertThat(payload.hasRandomAccessSlice()).isTrue();
        assertThat(payload.startsKeyFrame()).isFalse();

        assertThat(wrap("6201 93 2f")).isTrue();
        assertThat(payload.startsKeyFrame()).isFalse();

        assertThat(wrap("6201 81 d0")).isTrue();
        assertThat(payload.hasRandomAccessSlice()).isFalse();
    }

    @Test
    void tellsTheTemporalLayer() {
        assertThat(wrap("0203 d0")).isTrue();
        assertThat(payload.temporalLayer()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "26",
                "2601",
                "2600 af",
                "6001 00",
                "6001 0003 2601",
                "6001 0003 2601af 00",
                "6001 0003 600100",
                "6201 93",
                "6401 00",
                "6601 00"
            })
    void refusesWhatIsCutOffOrNotRead(String hex) {
        assertThat(wrap(hex)).isFalse();
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 64) byte[] bytes) {
        if (payload.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length)) {
            assertThat(payload.width()).isNotNegative();
            assertThat(payload.height()).isNotNegative();
        }
    }

    private boolean wrap(String hex) {
        ByteBuf bytes = PayloadBytes.of(hex);
        return payload.wrap(bytes, 0, bytes.readableBytes());
    }
}
