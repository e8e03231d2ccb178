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

class H265SequenceParametersTest {

    private final H265SequenceParameters parameters = new H265SequenceParameters();

    /** By x265; what is told of them is what ffprobe 5.1 says, and what x265 was asked for. */
    @ParameterizedTest
    @CsvSource({
        // Main, level 1
        "1, false, 30, 1, 8, 2, 1, 100, 50,"
            + " 42010101600000030090000003000003001ea034839dc996566b932bc05a020000030002000003003210",
        // Main, High tier, level 4.1, no reordering
        "1, true, 123, 1, 8, 0, 1, 1920, 1080,"
            + " 42010121600000030090000003000003007ba003c08010e5964a924caf016808000003000800000300f040",
        // range extensions, 4:4:4
        "4, false, 30, 3, 8, 2, 1, 66, 34,"
            + " 4201010408000003009e0800000300001e900490539e7cb2b35c995e02d010000003001000000300a080",
        // range extensions, 4:2:2 with 10 bits
        "4, false, 30, 2, 10, 2, 1, 102, 50,"
            + " 4201010408000003009d0800000300001eb034839d4ed96566b932bc05a02000000300200000030321",
        // range extensions, monochrome
        "4, false, 30, 0, 8, 2, 1, 102, 52,"
            + " 4201010408000003009fc800000300001ec0d20e772e5959ae4caf016c080000030008000003005040",
        // Main 10 with two temporal layers
        "2, false, 63, 1, 10, 2, 2, 640, 360,"
            + " 42010202200000030090000003000003003f0000a0050201693659598acd24995e02d010000003001000000301e080",
    })
    void tellsProfileLevelAndPicture(
            int profileIdc,
            boolean highTier,
            int levelIdc,
            int chromaFormatIdc,
            int bitDepth,
            int reorderPictures,
            int temporalLayers,
            int width,
            int height,
            String hex) {
        assertThat(wrap(hex)).isTrue();

        H265ProfileTierLevel profile = parameters.profileTierLevel();
        assertThat(profile.profileSpace()).isZero();
        assertThat(profile.profileIdc()).isEqualTo(profileIdc);
        assertThat(profile.highTier()).isEqualTo(highTier);
        assertThat(profile.levelIdc()).isEqualTo(levelIdc);
        assertThat(profile.compatibility() >> (31 - profileIdc) & 1).isEqualTo(1);
        assertThat(profile.constraints() >> 44).isEqualTo(0x9); // progressive, frames only
        assertThat(parameters.chromaFormatIdc()).isEqualTo(chromaFormatIdc);
        assertThat(parameters.bitDepthLuma()).isEqualTo(bitDepth);
        assertThat(parameters.bitDepthChroma()).isEqualTo(bitDepth);
        assertThat(parameters.reorderPictures()).isEqualTo(reorderPictures);
        assertThat(parameters.temporalLayers()).isEqualTo(temporalLayers);
        assertThat(parameters.width()).isEqualTo(width);
        assertThat(parameters.height()).isEqualTo(height);
        assertThat(parameters.id()).isZero();
        assertThat(parameters.videoParametersId()).isZero();
    }

    /** Written by hand; 320x240 before its window. */
    @ParameterizedTest
    @CsvSource({
        // without temporal layers
        "320, 240, 1, 0, 4201 0101000003000090000003000003005da00a080f165780",
        // three temporal layers, profile and level of some; window 4:2:0
        "310, 230, 3, 2, 4201"
            + " 0501000003000090000003000003005dd000ffffffffffffffffffffffffffa00a080f1b21565f4ade",
        // window 4:2:2
        "310, 235, 1, 0, 4201 0101000003000090000003000003005db00a080f1b21565780",
        // window 4:4:4
        "315, 235, 1, 0, 4201 0101000003000090000003000003005d90014101e3642acaf0",
        // window of separate planes
        "315, 235, 1, 0, 4201 0101000003000090000003000003005d92014101e3642acaf0",
        // window monochrome
        "315, 235, 1, 0, 4201 0101000003000090000003000003005dc028203c6c85595e",
        // seven temporal layers, all told
        "320, 240, 7, 0, 4201"
            + " 0d01000003000090000003000003005dfff0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa00a080f165780",
    })
    void tellsTheSizeWithinTheConformanceWindow(
            int width, int height, int temporalLayers, int reorderPictures, String hex) {
        assertThat(wrap(hex)).isTrue();

        assertThat(parameters.width()).isEqualTo(width);
        assertThat(parameters.height()).isEqualTo(height);
        assertThat(parameters.temporalLayers()).isEqualTo(temporalLayers);
        assertThat(parameters.reorderPictures()).isEqualTo(reorderPictures);
    }

    /** The same with one value that is not allowed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4201 0f01000003000090000003000003005dfffcffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa00a080f165780", // 8 temporal layers
                "4201 0101000003000090000003000003005d08a00a080f165780", // sequence parameter set
                // 16
                "4201 0101000003000090000003000003005d94028203c595e0", // chroma format 4
                "4201 0101000003000090000003000003005da00a080f10a14578", // 17 bits
                "4201 0101000003000090000003000003005da00a080f1650442380", // 16 reordered pictures
                "4201 0101000003000090000003000003005da00020fd00f16578", // wider than any level
                // allows
                "4201 0101000003000090000003000003005da00a080f181941ef95e0", // a window of nothing
                "4209 0101000003000090000003000003005da00a080f165780" // of an enhancement layer
            })
    void refusesValuesOutOfRange(String hex) {
        assertThat(wrap(hex)).isFalse();
    }

    @Test
    void refusesEachParameterSetThatIsCutOff() {
        String untilSize = "42010101600000030090000003000003001ea034839d";
        for (int digits = 0; digits <= untilSize.length(); digits += 2) {
            assertThat(wrap(untilSize.substring(0, digits))).isFalse();
        }
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 64) byte[] bytes) {
        if (parameters.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length)) {
            assertThat(parameters.width()).isBetween(1, 16_888);
            assertThat(parameters.height()).isBetween(1, 16_888);
        }
    }

    private boolean wrap(String hex) {
        ByteBuf nal = PayloadBytes.of(hex);
        return parameters.wrap(nal, 0, nal.readableBytes());
    }
}
