package dev.sluice.video.payload.vp9;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.RecordedFrames;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class Vp9SuperframeIndexTest {

    private final Vp9SuperframeIndex index = new Vp9SuperframeIndex();

    /** Four of the 50 recorded frames have a hidden frame before the one that is shown. */
    @Test
    void findsTheFramesInTheSuperframesThatLibvpxMade() {
        Vp9FrameHeader header = new Vp9FrameHeader();
        int superframes = 0;
        for (ByteBuf frame : RecordedFrames.of("recorded/vp9-superframe.ivf")) {
            if (!wrap(frame)) {
                continue;
            }
            superframes++;
            assertThat(index.frames()).isEqualTo(2);
            int first = index.frameSizeBytes(0);
            int second = index.frameSizeBytes(1);
            assertThat(first + second + index.sizeBytes()).isEqualTo(frame.readableBytes());
            assertThat(header.wrap(frame, 0, first)).isTrue();
            assertThat(header.shown()).isFalse();
            assertThat(header.wrap(frame, first, second)).isTrue();
            assertThat(header.shown()).isTrue();
        }
        assertThat(superframes).isEqualTo(4);
    }

    @Test
    void writesTheIndicesThatLibvpxWrote() {
        for (ByteBuf frame : RecordedFrames.of("recorded/vp9-superframe.ivf")) {
            if (wrap(frame)) {
                int[] sizes = {index.frameSizeBytes(0), index.frameSizeBytes(1)};
                ByteBuf out = Unpooled.buffer();
                Vp9SuperframeIndex.write(out, sizes, 2);
                int start = frame.readableBytes() - index.sizeBytes();
                assertThat(ByteBufUtil.hexDump(out))
                        .isEqualTo(ByteBufUtil.hexDump(frame, start, index.sizeBytes()));
            }
        }
    }

    @Property
    void whatIsWrittenIsReadAgain(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 100_000) Integer> sizes) {
        int[] frameSizes = sizes.stream().mapToInt(Integer::intValue).toArray();
        int framesBytes = sizes.stream().mapToInt(Integer::intValue).sum();
        ByteBuf superframe = Unpooled.buffer().writeZero(framesBytes);

        int written = Vp9SuperframeIndex.write(superframe, frameSizes, frameSizes.length);

        assertThat(superframe.readableBytes()).isEqualTo(framesBytes + written);
        assertThat(wrap(superframe)).isTrue();
        assertThat(index.sizeBytes()).isEqualTo(written);
        assertThat(index.frames()).isEqualTo(frameSizes.length);
        for (int i = 0; i < frameSizes.length; i++) {
            assertThat(index.frameSizeBytes(i)).isEqualTo(frameSizes[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c0",
                "82 49",
                "82 c1 01 00",
                "82 c0 01 c1",
                "82 c0 02 c0",
                "c1 01 00 c1",
                "82 d8 ff ff ff ff d8"
            })
    void refusesWhatIsNoIndexOrToldTooLong(String hex) {
        assertThat(wrap(PayloadBytes.of(hex))).isFalse();
    }

    @Property
    void arbitraryBytesNeverThrow(
            @ForAll @Size(max = 64) byte[] bytes, @ForAll @IntRange(max = 31) int last) {
        ByteBuf frame = Unpooled.wrappedBuffer(bytes).copy();
        if (frame.isReadable()) {
            frame.setByte(frame.writerIndex() - 1, 0xc0 | last);
        }
        if (wrap(frame)) {
            int sum = index.sizeBytes();
            for (int i = 0; i < index.frames(); i++) {
                sum += index.frameSizeBytes(i);
            }
            assertThat(sum).isLessThanOrEqualTo(bytes.length);
        }
    }

    private boolean wrap(ByteBuf frame) {
        return index.wrap(frame, frame.readerIndex(), frame.readableBytes());
    }
}
