package dev.sluice.video.payload.vp8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.RecordedFrames;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class Vp8FrameHeaderTest {

    private final Vp8FrameHeader header = new Vp8FrameHeader();

    @Test
    void readsTheFramesThatLibvpxMade() {
        List<ByteBuf> frames = RecordedFrames.of("recorded/vp8-ffmpeg.ivf");
        for (int i = 0; i < frames.size(); i++) {
            assertThat(wrap(frames.get(i))).isTrue();
            assertThat(header.keyFrame()).isEqualTo(i % 6 == 0);
            assertThat(header.shown()).isTrue();
            assertThat(header.version()).isZero();
            assertThat(header.firstPartitionSizeBytes())
                    .isBetween(1, frames.get(i).readableBytes());
            assertThat(header.width()).isEqualTo(i % 6 == 0 ? 160 : 0);
            assertThat(header.height()).isEqualTo(i % 6 == 0 ? 96 : 0);
        }
    }

    @Test
    void readsEachFieldOfAKeyFrame() {
        assertThat(wrap(PayloadBytes.of("56 34 12 9d 01 2a 80 82 e0 41"))).isTrue();

        assertThat(header.keyFrame()).isTrue();
        assertThat(header.version()).isEqualTo(3);
        assertThat(header.shown()).isTrue();
        assertThat(header.firstPartitionSizeBytes()).isEqualTo(0x123456 >> 5);
        assertThat(header.width()).isEqualTo(640);
        assertThat(header.horizontalScale()).isEqualTo(2);
        assertThat(header.height()).isEqualTo(480);
        assertThat(header.verticalScale()).isEqualTo(1);
    }

    @Test
    void aHiddenFrameSaysSo() {
        assertThat(wrap(PayloadBytes.of("01 00 00"))).isTrue();

        assertThat(header.keyFrame()).isFalse();
        assertThat(header.shown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "01 00", "10 02 00 9d 01 2a 80 02 e0", "10 02 00 9d 01 2b 80 02 e0 01"})
    void refusesWhatIsCutOffOrHasNoStartCode(String hex) {
        assertThat(wrap(PayloadBytes.of(hex))).isFalse();
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 12) byte[] bytes) {
        if (wrap(Unpooled.wrappedBuffer(bytes))) {
            assertThat(header.width()).isBetween(0, 0x3fff);
            assertThat(header.height()).isBetween(0, 0x3fff);
            assertThat(header.horizontalScale()).isBetween(0, 3);
            assertThat(header.verticalScale()).isBetween(0, 3);
            assertThat(header.firstPartitionSizeBytes()).isBetween(0, 0x7ffff);
        }
    }

    private boolean wrap(ByteBuf frame) {
        return header.wrap(frame, frame.readerIndex(), frame.readableBytes());
    }
}
