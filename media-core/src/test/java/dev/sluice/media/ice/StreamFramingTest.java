package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class StreamFramingTest {

    static final int MAX_BYTES = 100;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private StreamFraming framing = new StreamFraming(allocator, MAX_BYTES);
    private final List<String> frames = new ArrayList<>();

    private boolean receive(ByteBuf bytes) {
        return framing.onBytes(bytes, datagram -> frames.add(ByteBufUtil.hexDump(datagram)));
    }

    private boolean receive(String hex) {
        return receive(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    @Test
    void readsSeveralFramesOfOneArrival() {
        assertThat(receive("0001aa0003bbccdd")).isTrue();
        assertThat(frames).containsExactly("aa", "bbccdd");
    }

    @Test
    void readsAFrameThatComesByteForByte() {
        for (String one : List.of("00", "03", "aa", "bb", "cc", "00", "01", "dd")) {
            assertThat(receive(one)).isTrue();
        }
        assertThat(frames).containsExactly("aabbcc", "dd");
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void skipsFramesWithoutBytes() {
        assertThat(receive("000000")).isTrue();
        assertThat(receive("0000010a")).isTrue();
        assertThat(frames).containsExactly("0a");
    }

    @Test
    void aFrameThatIsTooLongBreaksTheStream() {
        assertThat(receive("0001aa0065")).isFalse();
        assertThat(receive("0001bb")).isFalse();
        assertThat(frames).containsExactly("aa");
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void aLengthThatComesInTwoPartsIsHeldToTheLimitToo() {
        assertThat(receive("ff")).isTrue();
        assertThat(receive("ff")).isFalse();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void whatWasKeptIsGivenBackWhenTheStreamEnds() {
        receive("0064aabb");
        assertThat(allocator.metric().usedHeapMemory()).isEqualTo(MAX_BYTES + 2);
        framing.release();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void refusesLimitsThatNoFrameHas() {
        assertThatThrownBy(() -> new StreamFraming(allocator, 65_536))
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> StreamFraming.writeHeader(Unpooled.buffer(), 65_536))
                .hasMessageContaining("65536");
    }

    @Property
    void whatIsWrittenIsReadHoweverItIsCut(
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = MAX_BYTES) Integer> sizes,
            @ForAll long seed) {
        frames.clear();
        var random = new Random(seed);
        ByteBuf stream = Unpooled.buffer();
        List<String> written = new ArrayList<>();
        for (int size : sizes) {
            byte[] datagram = new byte[size];
            random.nextBytes(datagram);
            StreamFraming.writeHeader(stream, size);
            stream.writeBytes(datagram);
            written.add(ByteBufUtil.hexDump(datagram));
        }
        while (stream.isReadable()) {
            int part = Math.min(stream.readableBytes(), random.nextInt(40));
            assertThat(receive(stream.readSlice(part))).isTrue();
        }
        assertThat(frames).isEqualTo(written);
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Property
    void arbitraryBytesNeverThrowAndKeepNoMoreThanOneFrame(
            @ForAll @Size(max = 30) List<@Size(max = 300) byte[]> arrivals) {
        framing = new StreamFraming(allocator, MAX_BYTES);
        for (byte[] arrival : arrivals) {
            receive(Unpooled.wrappedBuffer(arrival));
            assertThat(allocator.metric().usedHeapMemory()).isLessThanOrEqualTo(MAX_BYTES + 2);
        }
        framing.release();
    }
}
