package dev.sluice.video.payload.h264;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.payload.PayloadBytes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H264PictureParametersTest {

    private final H264PictureParameters parameters = new H264PictureParameters();

    @ParameterizedTest
    @CsvSource({
        "0, 0, true, 1, 68ebe3cb22c0", // x264, High profile
        "0, 0, false, 1, 68cb83cb20", // x264, Constrained Baseline
        // by hand: 00100 010 1 0 010
        "3, 1, true, 2, 68 22 90",
    })
    void tellsIdsAndEntropyCoding(
            int id, int sequenceParametersId, boolean cabac, int sliceGroups, String hex) {
        assertThat(wrap(hex)).isTrue();

        assertThat(parameters.id()).isEqualTo(id);
        assertThat(parameters.sequenceParametersId()).isEqualTo(sequenceParametersId);
        assertThat(parameters.cabac()).isEqualTo(cabac);
        assertThat(parameters.sliceGroups()).isEqualTo(sliceGroups);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "68",
                "68 e0", // cut off
                "68 0080 c8", // id 256
                "68 8212", // sequence parameter set 32
                "68 c1 20" // 9 slice groups
            })
    void refusesWhatIsCutOffOrOutOfRange(String hex) {
        assertThat(wrap(hex)).isFalse();
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 16) byte[] bytes) {
        if (parameters.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length)) {
            assertThat(parameters.id()).isBetween(0, 255);
        }
    }

    private boolean wrap(String hex) {
        ByteBuf nal = PayloadBytes.of(hex);
        return parameters.wrap(nal, 0, nal.readableBytes());
    }
}
