package dev.sluice.video.payload.h264;

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

/** The parameter sets without a note are of x264, each encoding one picture of the named size. */
class H264SequenceParametersTest {

    private final H264SequenceParameters parameters = new H264SequenceParameters();

    @ParameterizedTest
    @CsvSource({
        "100, 50, 6764000aacd947279e23011000000300100000030140f1225960",
        "1920, 1080, 67640028acd940780227e5c044000003000400000300503c60c658",
        // interlaced: the height counts fields
        "1920, 1080, 67640028acd94078044fde022000000300200000030283e2c5b2c0",
        // 4:4:4
        "66, 34, 67f4000a919b28afc7c7e022000003000200000300281e244b2c",
        // 4:2:2
        "100, 50, 677a000abcd947279e3f011000000300100000030140f1225960",
        // written by hand: a scaling matrix, and picture order count type 1 with two offsets
        "320, 240, 6764001eada492492492494221ffffffffffffffff50e218000186a04714141f90",
    })
    void tellsTheCroppedSize(int width, int height, String hex) {
        assertThat(wrap(hex)).isTrue();

        assertThat(parameters.width()).isEqualTo(width);
        assertThat(parameters.height()).isEqualTo(height);
    }

    @Test
    void refusesEachParameterSetThatIsCutOffBeforeItsSize() {
        String untilSize = "6764000aacd94727";
        for (int digits = 2; digits <= untilSize.length(); digits += 2) {
            assertThat(wrap(untilSize.substring(0, digits))).isFalse();
        }
    }

    @Test
    void refusesAPictureLargerThanAnyLevelAllows() {
        // baseline, width code 2^16: 65,536 macroblocks
        assertThat(wrap("6742001e f8 80 00 80 00 40 00 20 00")).isFalse();
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 64) byte[] bytes) {
        if (parameters.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length)) {
            assertThat(parameters.width()).isBetween(1, 16_896);
            assertThat(parameters.height()).isBetween(1, 2 * 16_896);
        }
    }

    private boolean wrap(String hex) {
        ByteBuf nal = PayloadBytes.of(hex);
        return parameters.wrap(nal, 0, nal.readableBytes());
    }
}
