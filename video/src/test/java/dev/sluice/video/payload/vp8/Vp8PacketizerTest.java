package dev.sluice.video.payload.vp8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.video.payload.Depacketizer.FrameStart;
import dev.sluice.video.payload.Mutation;
import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.PayloadStatus;
import dev.sluice.video.payload.Payloads;
import dev.sluice.video.payload.PictureIdLength;
import dev.sluice.video.payload.RecordedFrames;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class Vp8PacketizerTest {

    private static final int ABSENT = Vp8PayloadDescriptor.ABSENT;

    private final Vp8Packetizer packetizer =
            new Vp8Packetizer(PictureIdLength.FIFTEEN_BITS, 0x7fff, 255);
    private final Vp8Depacketizer depacketizer = new Vp8Depacketizer();
    private final Vp8PayloadDescriptor descriptor = new Vp8PayloadDescriptor();

    @Test
    void whatFfmpegSentIsWhatItsEncoderMade() {
        List<ByteBuf> frames = RecordedFrames.of("recorded/vp8-ffmpeg.ivf");
        List<Payloads.OfFrame> sent = Payloads.recorded("recorded/vp8-ffmpeg.rtp");

        assertThat(sent).hasSameSizeAs(frames);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(Payloads.join(depacketizer, sent.get(i).payloads()))
                    .isEqualTo(frames.get(i));
        }
    }

    @Test
    void theFramesThatChromiumSentBeginWithTheirHeader() {
        Vp8FrameHeader header = new Vp8FrameHeader();
        List<Payloads.OfFrame> sent = Payloads.recorded("recorded/vp8-chromium-l1t3.rtp");
        for (int i = 0; i < sent.size(); i++) {
            ByteBuf frame = Payloads.join(depacketizer, sent.get(i).payloads());
            assertThat(header.wrap(frame, 0, frame.readableBytes())).isTrue();
            assertThat(header.keyFrame()).isEqualTo(i == 0);
            assertThat(header.firstPartitionSizeBytes()).isLessThan(frame.readableBytes());
        }
    }

    @Property(tries = 50)
    void recordedFramesComeBackAtAnyPayloadSize(
            @ForAll PictureIdLength length, @ForAll @IntRange(min = 64, max = 3_000) int maxSize) {
        Vp8Packetizer anyLength = new Vp8Packetizer(length, 0, 0);
        for (ByteBuf frame : RecordedFrames.of("recorded/vp8-ffmpeg.ivf")) {
            List<ByteBuf> payloads = Payloads.of(anyLength, frame, maxSize);
            assertThat(Payloads.join(depacketizer, payloads)).isEqualTo(frame);
        }
    }

    @Property
    void anyFrameComesBackAtAnyPayloadSize(
            @ForAll @Size(max = 4_000) byte[] bytes,
            @ForAll @IntRange(min = 64, max = 1_500) int maxSize,
            @ForAll @IntRange(min = -1, max = 3) int temporalLayer) {
        ByteBuf frame = Unpooled.wrappedBuffer(PayloadBytes.of("31 00 00"), wrap(bytes));
        Vp8FrameInfo info = Vp8FrameInfo.ofTemporalLayer(temporalLayer, false);

        List<ByteBuf> payloads =
                Payloads.collect(out -> packetizer.packetize(frame, info, maxSize, out), maxSize);

        assertThat(Payloads.join(depacketizer, payloads)).isEqualTo(frame);
        int shortest = payloads.stream().mapToInt(ByteBuf::readableBytes).min().orElseThrow();
        int longest = payloads.stream().mapToInt(ByteBuf::readableBytes).max().orElseThrow();
        assertThat(longest - shortest).isLessThanOrEqualTo(1);
    }

    @Test
    void onlyTheFirstPayloadStartsThePartition() {
        List<ByteBuf> payloads = Payloads.of(packetizer, interFrame(1_000), 300);

        assertThat(payloads).hasSize(4);
        for (int i = 0; i < payloads.size(); i++) {
            read(payloads.get(i));
            assertThat(descriptor.startsPartition()).isEqualTo(i == 0);
            assertThat(descriptor.partitionIndex()).isZero();
            assertThat(depacketizer.frameStart(payloads.get(i)))
                    .isEqualTo(i == 0 ? FrameStart.YES : FrameStart.NO);
        }
    }

    @Test
    void numbersPicturesAcrossTheWrap() {
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            read(Payloads.of(packetizer, interFrame(10), 300).getFirst());
            ids.add(descriptor.pictureId());
        }

        assertThat(ids).containsExactly(0x7fff, 0, 1);
    }

    @Test
    void countsTheFramesOfTheLowestTemporalLayer() {
        List<Integer> indices = new ArrayList<>();
        for (int layer : new int[] {0, 2, 1, 2, 0}) {
            Vp8FrameInfo info = Vp8FrameInfo.ofTemporalLayer(layer, layer == 2);
            read(
                    Payloads.collect(
                                    out -> packetizer.packetize(interFrame(10), info, 300, out),
                                    300)
                            .getFirst());
            indices.add(descriptor.tl0PictureIndex());
            assertThat(descriptor.temporalLayer()).isEqualTo(layer);
            assertThat(descriptor.layerSync()).isEqualTo(layer == 2);
        }

        assertThat(indices).containsExactly(255, 255, 255, 255, 0);
    }

    @Test
    void aStreamWithoutPictureIdsHasDescriptorsOfOneByte() {
        Vp8Packetizer plain = new Vp8Packetizer(PictureIdLength.NONE, 0, 0);
        List<ByteBuf> payloads = Payloads.of(plain, interFrame(100), 64);

        assertThat(payloads.getFirst().getByte(0)).isEqualTo((byte) 0x10);
        assertThat(payloads.getLast().getByte(0)).isEqualTo((byte) 0x00);
        read(payloads.getFirst());
        assertThat(descriptor.pictureId()).isEqualTo(ABSENT);
    }

    @Test
    void refusesWhatIsNoFrame() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payloads.of(packetizer, PayloadBytes.of(""), 64));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payloads.of(packetizer, PayloadBytes.of("10 02 00 9d"), 64))
                .withMessageContaining("4 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payloads.of(packetizer, interFrame(10), 63))
                .withMessageContaining("63");
    }

    @Test
    void aFrameWithoutItsStartIsIncomplete() {
        List<ByteBuf> payloads = Payloads.of(packetizer, interFrame(1_000), 300);
        ByteBuf frame = Unpooled.buffer();

        assertThat(depacketizer.append(payloads.get(1), frame)).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(frame.isReadable()).isFalse();
        assertThat(depacketizer.append(payloads.get(0), frame)).isEqualTo(PayloadStatus.OK);
        depacketizer.reset();
        assertThat(depacketizer.append(payloads.get(2), frame)).isEqualTo(PayloadStatus.INCOMPLETE);
    }

    @Test
    void payloadsOfTwoFramesDoNotMix() {
        List<ByteBuf> first = Payloads.of(packetizer, interFrame(1_000), 300);
        List<ByteBuf> second = Payloads.of(packetizer, interFrame(1_000), 300);
        ByteBuf frame = Unpooled.buffer();

        assertThat(depacketizer.append(first.get(0), frame)).isEqualTo(PayloadStatus.OK);
        assertThat(depacketizer.append(second.get(1), frame)).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(depacketizer.append(second.get(0), frame)).isEqualTo(PayloadStatus.MALFORMED);
        assertThat(depacketizer.append(second.get(0), Unpooled.buffer()))
                .isEqualTo(PayloadStatus.OK);
    }

    @Property
    void anyPayloadsNeverThrow(@ForAll @Size(max = 20) List<@Size(max = 40) byte[]> payloads) {
        Payloads.feed(depacketizer, payloads.stream().map(Vp8PacketizerTest::wrap).toList(), 0);
    }

    @Property(tries = 200)
    void mutatedPayloadsNeverThrow(@ForAll long seed) {
        Payloads.feed(depacketizer, Mutation.of("recorded/vp8-ffmpeg.rtp", seed), 0);
        Payloads.feed(depacketizer, Mutation.of("recorded/vp8-chromium-l1t3.rtp", seed), 0);
    }

    @Property
    void anyFrameIsTakenOrRefused(@ForAll @Size(max = 300) byte[] bytes) {
        try {
            Payloads.of(packetizer, wrap(bytes), 64);
        } catch (IllegalArgumentException e) {
            assertThat(bytes.length < 3 || (bytes[0] & 1) == 0).isTrue();
        }
    }

    private void read(ByteBuf payload) {
        assertThat(descriptor.wrap(payload, 0, payload.readableBytes())).isTrue();
    }

    private static ByteBuf interFrame(int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        Arrays.fill(bytes, (byte) 0x31);
        return wrap(bytes);
    }

    private static ByteBuf wrap(byte[] bytes) {
        return Unpooled.wrappedBuffer(bytes);
    }
}
