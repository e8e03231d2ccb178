package dev.sluice.video.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.video.payload.RecordedPackets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Of what Chromium sent; see the README beside the recordings. */
class LayerReaderTest {

    /** Of the dependency descriptor in the AV1 recording. */
    private static final int DESCRIPTOR_ID = 13;

    private final LayerReader reader = new LayerReader();
    private final PacketLayers layers = new PacketLayers();

    private List<String> layersOf(String file, Codec codec, int descriptorId) {
        List<String> read = new ArrayList<>();
        String frame = "";
        for (RtpPacket packet : RecordedPackets.of("recorded/" + file)) {
            reader.read(codec, packet, descriptorId, layers);
            String before = frame;
            frame = packet.timestamp() + " " + layers.spatialId();
            if (!frame.equals(before)) {
                read.add(layers.spatialId() + "." + layers.temporalId());
            }
        }
        return read;
    }

    private void readFirst(String file, Codec codec, int descriptorId) {
        RtpPacket first = RecordedPackets.of("recorded/" + file).getFirst();
        reader.read(codec, first, descriptorId, layers);
    }

    @Test
    void readsTemporalLayersOfVp8() {
        assertThat(layersOf("vp8-chromium-l1t3.rtp", Codec.VP8, HeaderExtensionMap.ABSENT))
                .containsExactly("0.0", "0.2", "0.1", "0.2", "0.0", "0.2", "0.1", "0.2");
        assertThat(layers.scheme()).isEqualTo(LayerScheme.VP8);
        readFirst("vp8-chromium-l1t3.rtp", Codec.VP8, HeaderExtensionMap.ABSENT);
        assertThat(layers.startsKeyFrame()).isTrue();
        assertThat(layers.width(0)).isEqualTo(320);
        assertThat(layers.height(0)).isEqualTo(180);
    }

    @Test
    void readsSpatialAndTemporalLayersOfVp9() {
        assertThat(layersOf("vp9-chromium-l2t2-key.rtp", Codec.VP9, HeaderExtensionMap.ABSENT))
                .startsWith("0.0", "1.0", "0.1", "1.1", "0.0", "1.0")
                .hasSize(16);
        assertThat(layers.scheme()).isEqualTo(LayerScheme.VP9);
        assertThat(layers.endsFrame()).isTrue();
        readFirst("vp9-chromium-l2t2-key.rtp", Codec.VP9, HeaderExtensionMap.ABSENT);
        assertThat(layers.startsKeyFrame()).isTrue();
        assertThat(layers.resolutions()).isEqualTo(2);
        assertThat(layers.width(1)).isEqualTo(480);
        assertThat(layers.height(0)).isEqualTo(135);
    }

    @Test
    void readsLayersOfAv1ByTheDependencyDescriptor() {
        assertThat(layersOf("av1-chromium-l2t2.rtp", Codec.AV1, DESCRIPTOR_ID))
                .startsWith("0.0", "1.0", "0.1", "1.1", "0.0", "1.0")
                .hasSize(16);
        assertThat(layers.scheme()).isEqualTo(LayerScheme.DEPENDENCY);
        readFirst("av1-chromium-l2t2.rtp", Codec.AV1, DESCRIPTOR_ID);
        assertThat(layers.attachesStructure()).isTrue();
        assertThat(layers.startsKeyFrame()).isTrue();
        assertThat(layers.width(1)).isEqualTo(480);
        DecodeTargets targets = java.util.Objects.requireNonNull(layers.targets());
        assertThat(targets.maxSpatialId()).isEqualTo(1);
        assertThat(targets.maxTemporalId()).isEqualTo(1);
        assertThat(Integer.bitCount(targets.upTo(0, 1))).isEqualTo(2);
    }

    @Test
    void withoutTheDescriptorAv1HasOneLayer() {
        readFirst("av1-chromium-l2t2.rtp", Codec.AV1, HeaderExtensionMap.ABSENT);
        assertThat(layers.scheme()).isEqualTo(LayerScheme.NONE);
        assertThat(layers.startsKeyFrame()).isTrue();
    }

    @Test
    void paddingHasNoLayer() {
        readFirst("vp8-chromium-l1t3.rtp", Codec.VP8, HeaderExtensionMap.ABSENT);
        ByteBuf empty = Unpooled.buffer();
        new RtpHeaderWriter().begin(empty, 96, false, 1, 2, 3);
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(empty)).isTrue();
        reader.read(Codec.VP8, packet, HeaderExtensionMap.ABSENT, layers);
        assertThat(layers.scheme()).isEqualTo(LayerScheme.NONE);
        assertThat(layers.startsKeyFrame()).isFalse();
        assertThat(layers.pictureId()).isEqualTo(PacketLayers.ABSENT);
    }

    @Test
    void everyAudioPacketStandsForItself() {
        ByteBuf packetBytes = Unpooled.buffer();
        new RtpHeaderWriter().begin(packetBytes, 96, false, 1, 2, 3);
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(packetBytes.writeByte(1))).isTrue();
        reader.read(Codec.OPUS, packet, HeaderExtensionMap.ABSENT, layers);
        assertThat(layers.startsKeyFrame()).isTrue();
    }

    @Property
    void arbitraryBytesNeverThrow(
            @ForAll Codec codec, @ForAll @Size(max = 40) byte[] payload, @ForAll byte[] element) {
        ByteBuf bytes = Unpooled.buffer();
        var writer = new RtpHeaderWriter();
        writer.begin(bytes, 96, false, 1, 2, 3);
        writer.element(DESCRIPTOR_ID, Unpooled.wrappedBuffer(element), 0, element.length);
        writer.end();
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(bytes.writeBytes(payload))).isTrue();
        reader.read(codec, packet, DESCRIPTOR_ID, layers);
        assertThat(layers.spatialId()).isBetween(0, 7);
        assertThat(layers.temporalId()).isBetween(0, 7);
    }
}
