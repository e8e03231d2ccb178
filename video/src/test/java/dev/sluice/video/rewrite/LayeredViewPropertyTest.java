package dev.sluice.video.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.video.layer.LayerReader;
import dev.sluice.video.layer.LayerSelector;
import dev.sluice.video.layer.PacketLayers;
import dev.sluice.video.rewrite.LayeredSource.Format;
import dev.sluice.video.rewrite.LayeredSource.Made;
import dev.sluice.video.rewrite.ViewerWorld.Viewed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a viewer gets of layered sources, whatever is lost, comes late or is asked for: numbers
 * without gaps but those of losses, and only frames that can be decoded.
 */
class LayeredViewPropertyTest {

    private static final int CAPACITY = 1024;

    private static List<Made> pictures(LayeredSource source, int count, Random random) {
        List<Made> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.addAll(source.next(i == 0 || random.nextInt(25) == 0));
        }
        return made;
    }

    @Property(tries = 300)
    void whatIsLeftOutLeavesNoGap(
            @ForAll Format format,
            @ForAll @IntRange(min = 1, max = 3) int spatialLayers,
            @ForAll @IntRange(min = 1, max = 3) int temporalLayers,
            @ForAll long seed) {
        Random random = new Random(seed);
        var source = new LayeredSource(format, spatialLayers, temporalLayers, random);
        var world = new ViewerWorld(random, source);
        List<Made> made = pictures(source, 60, random);
        for (Made packet : made) {
            if (random.nextInt(15) == 0) {
                world.wish();
            }
            world.deliver(packet, packet.isFirstOf(made));
        }
        List<Viewed> viewed = world.viewed;
        for (int i = 1; i < viewed.size(); i++) {
            assertThat(viewed.get(i).sequence()).isEqualTo(viewed.get(i - 1).sequence() + 1);
        }
        assertThat(world.filled).isEmpty();
        world.checkReferences();
        world.checkMonotonic(format == Format.VP8 || format == Format.VP8_NARROW);
        world.checkMarkers();
    }

    @Property(tries = 500)
    void lossesStayGapsAndNothingUndecodableIsForwarded(
            @ForAll Format format,
            @ForAll @IntRange(min = 1, max = 3) int spatialLayers,
            @ForAll @IntRange(min = 1, max = 3) int temporalLayers,
            @ForAll @IntRange(min = 0, max = 30) int lossPercent,
            @ForAll long seed) {
        Random random = new Random(seed);
        var source = new LayeredSource(format, spatialLayers, temporalLayers, random);
        var world = new ViewerWorld(random, source);
        deliverRoughly(world, pictures(source, 80, random), lossPercent, random);
        world.checkSequences();
        world.checkReferences();
        world.checkMonotonic(false);
    }

    /**
     * A base frame is late, after which a higher layer has begun, and so is one that refers to it.
     */
    @Example
    void aLateFrameIsForwardedWhenWhatRefersToItWas() {
        lossesStayGapsAndNothingUndecodableIsForwarded(Format.AV1, 3, 2, 26, 10007776422282L);
        lossesStayGapsAndNothingUndecodableIsForwarded(Format.AV1, 3, 2, 19, 8998753947191035332L);
    }

    /** The rest of a frame comes after its reference, which its beginning came before. */
    @Example
    void noLayerBeginsWithAFrameThatWasLeftOut() {
        lossesStayGapsAndNothingUndecodableIsForwarded(Format.AV1, 2, 1, 23, 4749915429641821810L);
    }

    @Property(tries = 200)
    void aChainOfSourcesIsOneStream(
            @ForAll Format format,
            @ForAll @IntRange(min = 0, max = 20) int lossPercent,
            @ForAll long seed) {
        Random random = new Random(seed);
        var world = new ViewerWorld(random, new LayeredSource(format, 1, 1, random));
        for (int i = 0; i < 5; i++) {
            var source =
                    new LayeredSource(format, 1 + random.nextInt(3), 1 + random.nextInt(3), random);
            deliverRoughly(world, pictures(source, 30, random), lossPercent, random);
        }
        world.checkSequences();
        world.checkReferences();
        world.checkMonotonic(false);
    }

    /** Some packets are lost, and some of these come later. The first one is joined at. */
    private static void deliverRoughly(
            ViewerWorld world, List<Made> made, int lossPercent, Random random) {
        world.deliver(made.getFirst(), true);
        Map<Integer, List<Made>> late = new HashMap<>();
        for (int i = 1; i < made.size(); i++) {
            if (random.nextInt(20) == 0) {
                world.wish();
            }
            if (random.nextInt(100) >= lossPercent) {
                world.deliver(made.get(i), false);
            } else if (random.nextBoolean()) {
                late.computeIfAbsent(i + 1 + random.nextInt(40), _ -> new ArrayList<>())
                        .add(made.get(i));
            } else {
                world.lost++;
            }
            late.getOrDefault(i, List.of()).forEach(packet -> world.deliver(packet, false));
            late.remove(i);
        }
        world.lost += late.values().stream().mapToInt(List::size).sum();
    }

    @Property(tries = 200)
    void theTargetIsReachedAtTheLatestWithAKeyFrame(
            @ForAll Format format,
            @ForAll @IntRange(min = 0, max = 2) int spatial,
            @ForAll @IntRange(min = 0, max = 2) int temporal,
            @ForAll long seed) {
        Random random = new Random(seed);
        var source = new LayeredSource(format, 3, 3, random);
        var world = new ViewerWorld(random, source);
        world.selector.target(0, 0);
        List<Made> before = pictures(source, 10, random);
        before.forEach(packet -> world.deliver(packet, packet.isFirstOf(before)));
        world.selector.target(spatial, temporal);
        List<Made> after = new ArrayList<>(source.next(true));
        int afterKey = world.viewed.size();
        for (int i = 0; i < 8; i++) {
            after.addAll(source.next(false));
        }
        after.forEach(packet -> world.deliver(packet, false));
        long expected =
                after.stream()
                        .filter(packet -> packet.frame().spatial() <= spatial)
                        .filter(packet -> packet.frame().temporal() <= temporal)
                        .count();
        assertThat(world.viewed.size() - afterKey).isEqualTo((int) expected);
    }

    @Property(tries = 100)
    void downIsAtOnce(
            @ForAll Format format,
            @ForAll @IntRange(min = 0, max = 2) int spatial,
            @ForAll @IntRange(min = 0, max = 2) int temporal,
            @ForAll long seed) {
        Random random = new Random(seed);
        var source = new LayeredSource(format, 3, 3, random);
        var world = new ViewerWorld(random, source);
        List<Made> before = pictures(source, 11, random);
        before.forEach(packet -> world.deliver(packet, packet.isFirstOf(before)));
        assertThat(world.viewed).hasSameSizeAs(before);
        world.selector.target(spatial, temporal);
        List<Made> after = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            after.addAll(source.next(false));
        }
        after.forEach(packet -> world.deliver(packet, false));
        List<Made> got =
                world.viewed.stream()
                        .map(Viewed::made)
                        .toList()
                        .subList(before.size(), world.viewed.size());
        assertThat(got)
                .containsExactlyElementsOf(
                        after.stream()
                                .filter(packet -> packet.frame().spatial() <= spatial)
                                .filter(packet -> packet.frame().temporal() <= temporal)
                                .toList());
    }

    @Property(tries = 200)
    void whatIsWrittenSaysTheNumbers(@ForAll Format format, @ForAll long seed) {
        Random random = new Random(seed);
        var source = new LayeredSource(format, 2, 3, random);
        var selector = new LayerSelector();
        var rewriter = new StreamRewriter(90_000, CAPACITY, true, random);
        var payloads = new PayloadRewriter();
        var descriptors = new DescriptorRewriter();
        var reader = new LayerReader();
        var viewer = new LayerReader();
        var layers = new PacketLayers();
        var seen = new PacketLayers();
        var numbers = new PacketNumbers();
        selector.target(0, 1);
        List<Made> made = pictures(source, 12, random);
        for (Made packet : made) {
            reader.read(format.codec, packet.packet(), LayeredSource.DESCRIPTOR_ID, layers);
            if (packet.isFirstOf(made)) {
                rewriter.begin(0, packet.sequence(), packet.timestamp(), Long.MIN_VALUE, 0);
                selector.begin(layers, packet.sequence(), packet.timestamp());
            }
            if (selector.admits(layers, packet.sequence(), packet.timestamp())
                    && rewriter.forward(
                            layers,
                            selector,
                            packet.sequence(),
                            packet.timestamp(),
                            packet.marker(),
                            0,
                            numbers)) {
                ByteBuf written = write(packet, layers, numbers, payloads, descriptors);
                var out = new dev.sluice.media.rtp.RtpPacket();
                assertThat(out.wrap(written)).isTrue();
                viewer.read(format.codec, out, LayeredSource.DESCRIPTOR_ID, seen);
                assertThat(seen.pictureId()).isEqualTo(numbers.pictureId());
                assertThat(seen.tl0PictureIndex()).isEqualTo(numbers.tl0PictureIndex());
                assertThat(seen.hasDescriptor()).isEqualTo(format.hasDescriptor());
                assertThat(seen.spatialId()).isEqualTo(packet.frame().spatial());
                assertThat(seen.temporalId()).isEqualTo(packet.frame().temporal());
                if (seen.hasDescriptor()) {
                    assertThat((int) seen.frameNumber() & 0xFFFF).isEqualTo(numbers.frameNumber());
                    assertThat(seen.activeDecodeTargets()).isEqualTo(0b000011);
                }
                assertThat(tail(written, seen)).isEqualTo(tail(packet.bytes(), seen));
            } else {
                rewriter.leaveOut(layers, packet.sequence());
            }
        }
    }

    private static ByteBuf write(
            Made made,
            PacketLayers layers,
            PacketNumbers numbers,
            PayloadRewriter payloads,
            DescriptorRewriter descriptors) {
        var packet = made.packet();
        ByteBuf out = Unpooled.buffer();
        var header = new dev.sluice.media.rtp.RtpHeaderWriter();
        header.begin(out, 96, numbers.marker(), numbers.sequence(), numbers.timestamp(), 8);
        int id = LayeredSource.DESCRIPTOR_ID;
        if (ExtensionElement.index(packet, id) >= 0) {
            ByteBuf element = Unpooled.buffer();
            descriptors.copy(
                    packet.buffer(),
                    ExtensionElement.index(packet, id),
                    ExtensionElement.sizeBytes(packet, id),
                    layers,
                    numbers,
                    element);
            header.element(id, element, 0, element.readableBytes());
        }
        header.end();
        payloads.copy(
                layers.codec(),
                packet.buffer(),
                packet.payloadIndex(),
                packet.payloadSizeBytes(),
                numbers,
                out);
        return out;
    }

    private static byte[] tail(ByteBuf packet, PacketLayers layers) {
        int size = layers.codec() == dev.sluice.media.rtp.Codec.VP8 ? 15 : 6;
        return ByteBufUtil.getBytes(packet, packet.writerIndex() - size, size);
    }
}
