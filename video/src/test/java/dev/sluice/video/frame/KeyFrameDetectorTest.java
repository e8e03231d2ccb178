package dev.sluice.video.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.RecordedPackets;
import dev.sluice.video.payload.h264.H264Payload;
import dev.sluice.video.payload.vp8.Vp8PayloadDescriptor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class KeyFrameDetectorTest {

    private final KeyFrameDetector detector = new KeyFrameDetector();

    @Test
    void findsTheKeyFramesOfARecordedVp8Stream() {
        assertThat(keyFrameStarts(Codec.VP8, "vp8-96x64.rtp")).containsExactly(0, 18);
    }

    @Test
    void findsTheKeyFramesOfARecordedVp9StreamWhoseDescriptorsNeverSetP() {
        assertThat(keyFrameStarts(Codec.VP9, "vp9-96x64.rtp")).containsExactly(0, 14);
    }

    /** Parameter sets come in an STAP-A of their own before the first fragment of the slice. */
    @Test
    void findsTheKeyFramesOfARecordedH264Stream() {
        assertThat(keyFrameStarts(Codec.H264, "h264-96x64.rtp")).containsExactly(0, 4, 20, 21);
    }

    /** Between the parameter sets and the first slice are the fragments of an SEI. */
    @Test
    void findsTheKeyFramesOfARecordedH265Stream() {
        assertThat(keyFrameStarts(Codec.H265, "h265-160x120.rtp")).containsExactly(0, 9, 25, 34);
    }

    @Test
    void recordedKeyFramesTellTheirSize() {
        RtpPacket vp8 = RecordedPackets.of("vp8-96x64.rtp").getFirst();
        Vp8PayloadDescriptor descriptor = new Vp8PayloadDescriptor();
        assertThat(descriptor.wrap(vp8.buffer(), vp8.payloadIndex(), vp8.payloadSizeBytes()))
                .isTrue();
        assertThat(descriptor.width()).isEqualTo(96);
        assertThat(descriptor.height()).isEqualTo(64);

        RtpPacket h264 = RecordedPackets.of("h264-96x64.rtp").getFirst();
        H264Payload payload = new H264Payload();
        assertThat(payload.wrap(h264.buffer(), h264.payloadIndex(), h264.payloadSizeBytes()))
                .isTrue();
        assertThat(payload.width()).isEqualTo(96);
        assertThat(payload.height()).isEqualTo(64);
    }

    @Test
    void eachAudioPacketStandsForItself() {
        assertThat(detector.startsKeyFrame(Codec.OPUS, Unpooled.EMPTY_BUFFER, 0, 0)).isTrue();
    }

    @Test
    void readsNothingPastThePayload() {
        ByteBuf twoPayloads = PayloadBytes.of("10 51 10 50");

        assertThat(detector.startsKeyFrame(Codec.VP8, twoPayloads, 0, 1)).isFalse();
        assertThat(detector.startsKeyFrame(Codec.VP8, twoPayloads, 0, 2)).isFalse();
        assertThat(detector.startsKeyFrame(Codec.VP8, twoPayloads, 2, 2)).isTrue();
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll Codec codec, @ForAll @Size(max = 64) byte[] bytes) {
        detector.startsKeyFrame(codec, Unpooled.wrappedBuffer(bytes), 0, bytes.length);
    }

    private List<Integer> keyFrameStarts(Codec codec, String fileName) {
        List<RtpPacket> packets = RecordedPackets.of(fileName);
        return IntStream.range(0, packets.size())
                .filter(i -> startsKeyFrame(codec, packets.get(i)))
                .boxed()
                .toList();
    }

    private boolean startsKeyFrame(Codec codec, RtpPacket packet) {
        return detector.startsKeyFrame(
                codec, packet.buffer(), packet.payloadIndex(), packet.payloadSizeBytes());
    }
}
