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
import org.junit.jupiter.params.provider.ValueSource;

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

    /** By x264; what is told of them is what ffprobe 5.1 says. */
    @ParameterizedTest
    @CsvSource({
        // High, level 1.0, three frames of which two are reordered
        "100, 0, 10, 1, 8, false, 2, 1, 50, 6764000aacd947279e23011000000300100000030320f1225960",
        // with parameters of a reference decoder, 30000/1001 frames a second
        "100, 0, 40, 1, 8, false, 0, 1001, 60000,"
                + " 67640028acb200f0044fcb808800001f4800075303020000989680004c4b5261803c60c920",
        // interlaced, with aspect ratio 4:3, overscan, colours, chroma location
        "100, 0, 40, 1, 8, true, 2, 1, 50,"
                + " 67640028acd94078044fde036a0204056e000003000200000300643e2c5b2c",
        // High 4:4:4 Predictive
        "244, 0, 10, 3, 8, false, 2, 1, 20, 67f4000a919b28afc7c7e022000003000200000300281e244b2c",
        // monochrome
        "100, 0, 10, 0, 8, false, 2, 1, 20, 6764000af3651c9e363f016c80000003008000000a078912cb",
        // High 4:2:2 with 10 bits
        "122, 0, 10, 2, 10, false, 2, 1, 50, 677a000ab6cd947279e3f011000003000100000300320f122596",
        // Constrained Baseline
        "66, 192, 31, 1, 8, false, 0, 1, 60, 6742c01fd900a02ff970110000030001000003003c0f183248",
    })
    void tellsProfileLevelAndTime(
            int profileIdc,
            int constraintFlags,
            int levelIdc,
            int chromaFormatIdc,
            int bitDepth,
            boolean interlaced,
            int reorderFrames,
            long unitsInTick,
            long timeScale,
            String hex) {
        assertThat(wrap(hex)).isTrue();

        assertThat(parameters.profileIdc()).isEqualTo(profileIdc);
        assertThat(parameters.constraintFlags()).isEqualTo(constraintFlags);
        assertThat(parameters.levelIdc()).isEqualTo(levelIdc);
        assertThat(parameters.id()).isZero();
        assertThat(parameters.chromaFormatIdc()).isEqualTo(chromaFormatIdc);
        assertThat(parameters.bitDepthLuma()).isEqualTo(bitDepth);
        assertThat(parameters.bitDepthChroma()).isEqualTo(bitDepth);
        assertThat(parameters.interlaced()).isEqualTo(interlaced);
        assertThat(parameters.usability().reorderFrames()).isEqualTo(reorderFrames);
        assertThat(parameters.usability().unitsInTick()).isEqualTo(unitsInTick);
        assertThat(parameters.usability().timeScale()).isEqualTo(timeScale);
    }

    @Test
    void tellsTheSizeWhereTheUsabilityInformationIsCutOff() {
        assertThat(wrap("6764000aacd947279e23011000000300100000030320")).isTrue();

        assertThat(parameters.width()).isEqualTo(100);
        assertThat(parameters.usability().timeScale()).isZero();
        assertThat(parameters.usability().reorderFrames()).isEqualTo(H264VideoUsability.ABSENT);
    }

    @Test
    void forgetsTheUsabilityInformationOfTheSetBefore() {
        wrap("6764000aacd947279e23011000000300100000030320f1225960");
        assertThat(wrap("6764001eada492492492494221ffffffffffffffff50e218000186a04714141f90"))
                .isTrue();

        assertThat(parameters.usability().timeScale()).isZero();
        assertThat(parameters.usability().decodedFrames()).isEqualTo(H264VideoUsability.ABSENT);
    }

    /** Written by hand, 320x240. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "67 42001ef40a0fc8",
                "67 42001e041d0283f2",
                "67 64001e90739d0283f2",
                "67 42001eda0507e4"
            })
    void takesValuesAtTheEndOfTheirRange(String hex) {
        assertThat(wrap(hex)).isTrue();

        assertThat(parameters.width()).isEqualTo(320);
        assertThat(parameters.height()).isEqualTo(240);
    }

    /** The same with one value that is too large. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "67 42001e043d0283f2", // sequence parameter set 32
                "67 42001ec88141f9", // picture order count type 3
                "67 64001e973a0507e4", // chroma format 4
                "67 64001ea1020e8141f9", // 15 bits
                "67 42001ed30080ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff40a0fc80", // 256 offsets
                "67 42001ef4002108fc80", // 1057 macroblocks wide
                "67 42001ef40a00108720" // 1057 high
            })
    void refusesValuesOutOfRange(String hex) {
        assertThat(wrap(hex)).isFalse();
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
