package dev.sluice.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.Codec;
import dev.sluice.video.frame.KeyFrameDetector;
import dev.sluice.video.payload.av1.Av1SequenceHeader;
import dev.sluice.video.payload.h264.H264Payload;
import dev.sluice.video.payload.vp8.Vp8PayloadDescriptor;
import dev.sluice.video.payload.vp9.Vp9FrameHeader;
import dev.sluice.video.payload.vp9.Vp9PayloadDescriptor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The frames are read as a server reads them. */
class FrameMakerTest {

    private static final int MAX_PAYLOAD = 1160;

    /** AV1's aggregation header, then the OBU header; its size is left out in RTP. */
    private static final int AV1_SEQUENCE_INDEX = 3;

    private final KeyFrameDetector detector = new KeyFrameDetector();

    private static List<ByteBuf> frame(FrameMaker maker, boolean isKeyFrame, int sizeBytes) {
        List<ByteBuf> payloads = new ArrayList<>();
        List<Boolean> ends = new ArrayList<>();
        maker.make(
                isKeyFrame,
                sizeBytes,
                MAX_PAYLOAD,
                (payload, last) -> {
                    payloads.add(Unpooled.copiedBuffer(payload));
                    ends.add(last);
                });
        assertThat(ends.indexOf(true)).isEqualTo(ends.size() - 1);
        return payloads;
    }

    private static FrameMaker maker(Codec codec) {
        return FrameMaker.of(codec, new SplittableRandom(3));
    }

    private boolean startsKeyFrame(Codec codec, ByteBuf payload) {
        return detector.startsKeyFrame(codec, payload, 0, payload.readableBytes());
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "VP9", "H264", "AV1"})
    void keyFramesAreToldFromOthers(Codec codec) {
        FrameMaker maker = maker(codec);

        List<ByteBuf> keyFrame = frame(maker, true, 9000);
        List<ByteBuf> delta = frame(maker, false, 3000);

        assertThat(startsKeyFrame(codec, keyFrame.getFirst())).isTrue();
        assertThat(startsKeyFrame(codec, keyFrame.getLast())).isFalse();
        assertThat(delta).noneMatch(payload -> startsKeyFrame(codec, payload));
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "VP9", "H264", "AV1"})
    void payloadsFitAndHaveTheBytesOfTheFrame(Codec codec) {
        List<ByteBuf> payloads = frame(maker(codec), false, 5000);

        assertThat(payloads)
                .hasSize(5)
                .allSatisfy(
                        payload ->
                                assertThat(payload.readableBytes())
                                        .isLessThanOrEqualTo(MAX_PAYLOAD));
        int bytes = payloads.stream().mapToInt(ByteBuf::readableBytes).sum();
        assertThat(bytes).isBetween(4950, 5100);
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "VP9", "H264"})
    void packetsOfAFrameAreAboutEquallyLong(Codec codec) {
        List<ByteBuf> payloads = frame(maker(codec), false, 5000);

        int least = payloads.stream().mapToInt(ByteBuf::readableBytes).min().orElseThrow();
        int most = payloads.stream().mapToInt(ByteBuf::readableBytes).max().orElseThrow();
        assertThat(most - least).isLessThanOrEqualTo(1);
    }

    @Test
    void vp8TellsItsSizeAndCountsPictures() {
        FrameMaker maker = maker(Codec.VP8);
        ByteBuf first = frame(maker, true, 2000).getFirst();
        ByteBuf second = frame(maker, false, 2000).getFirst();
        Vp8PayloadDescriptor descriptor = new Vp8PayloadDescriptor();

        assertThat(descriptor.wrap(first, 0, first.readableBytes())).isTrue();
        int pictureId = descriptor.pictureId();
        assertThat(descriptor.width()).isEqualTo(1280);
        assertThat(descriptor.height()).isEqualTo(720);
        assertThat(descriptor.wrap(second, 0, second.readableBytes())).isTrue();
        assertThat(descriptor.pictureId()).isEqualTo(pictureId + 1 & 0x7fff);
    }

    @Test
    void vp9TellsItsSizeInNonFlexibleMode() {
        ByteBuf first = frame(maker(Codec.VP9), true, 2000).getFirst();
        Vp9PayloadDescriptor descriptor = new Vp9PayloadDescriptor();
        Vp9FrameHeader header = new Vp9FrameHeader();

        assertThat(descriptor.wrap(first, 0, first.readableBytes())).isTrue();
        assertThat(descriptor.flexible()).isFalse();
        int index = descriptor.frameIndex();
        assertThat(header.wrap(first, index, first.readableBytes() - index)).isTrue();
        assertThat(header.keyFrame()).isTrue();
        assertThat(header.width()).isEqualTo(1280);
        assertThat(header.height()).isEqualTo(720);
    }

    @Test
    void h264BringsParameterSetsThatTellTheSize() {
        H264Payload payload = new H264Payload();
        List<ByteBuf> keyFrame = frame(maker(Codec.H264), true, 4000);
        ByteBuf first = keyFrame.getFirst();

        assertThat(payload.wrap(first, 0, first.readableBytes())).isTrue();
        assertThat(payload.width()).isEqualTo(1280);
        assertThat(payload.height()).isEqualTo(720);
        assertThat(first.readableBytes()).isLessThan(MediaStamp.MIN_PAYLOAD_BYTES);
        ByteBuf slice = keyFrame.get(1);
        assertThat(payload.wrap(slice, 0, slice.readableBytes())).isTrue();
        assertThat(payload.startsIdrPicture()).isTrue();
    }

    @Test
    void av1BringsASequenceHeaderThatTellsTheSize() {
        ByteBuf first = frame(maker(Codec.AV1), true, 4000).getFirst();
        int length = first.getByte(1);

        Av1SequenceHeader header = Av1SequenceHeader.read(first, AV1_SEQUENCE_INDEX, length - 1);

        assertThat(header).isNotNull();
        assertThat(header.maxWidth()).isEqualTo(1280);
        assertThat(header.maxHeight()).isEqualTo(720);
    }

    @Test
    void opusIsOnePacketOfTwentyMilliseconds() {
        List<ByteBuf> packet = frame(maker(Codec.OPUS), false, 90);

        assertThat(packet).hasSize(1);
        assertThat(packet.getFirst().readableBytes()).isEqualTo(90);
        assertThat(packet.getFirst().getUnsignedByte(0)).isEqualTo((short) 0xfc);
    }
}
