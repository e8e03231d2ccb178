package dev.sluice.video.payload.vp9;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.video.payload.Depacketizer.FrameStart;
import dev.sluice.video.payload.Mutation;
import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.PayloadStatus;
import dev.sluice.video.payload.Payloads;
import dev.sluice.video.payload.PictureIdLength;
import dev.sluice.video.payload.RecordedFrames;
import dev.sluice.video.payload.vp9.Vp9Depacketizer.Joining;
import dev.sluice.video.payload.vp9.Vp9Scalability.GroupPicture;
import dev.sluice.video.payload.vp9.Vp9Scalability.Resolution;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

class Vp9PacketizerTest {

    /** libwebrtc, rtp_format_vp9_unittest.cc, TestSsData. */
    static final Vp9Scalability TWO_LAYERS_THREE_PICTURES =
            new Vp9Scalability(
                    2,
                    List.of(new Resolution(640, 360), new Resolution(1280, 720)),
                    List.of(
                            new GroupPicture(0, true, List.of()),
                            new GroupPicture(1, true, List.of(5, 6, 7)),
                            new GroupPicture(2, false, List.of(8, 9))));

    private static final String KEY_FRAME = "82 49 83 42 00 00 f0 00 59 f0";
    private static final String INTER_FRAME = "86 00 40 92";

    private final Vp9Packetizer nonFlexible =
            new Vp9Packetizer(PictureIdLength.FIFTEEN_BITS, 0x7fff, false, 255);
    private final Vp9Packetizer flexible =
            new Vp9Packetizer(PictureIdLength.SEVEN_BITS, 127, true, 0);
    private final Vp9Depacketizer plain = new Vp9Depacketizer(Joining.PLAIN);
    private final Vp9Depacketizer superframes = new Vp9Depacketizer(Joining.SUPERFRAME);
    private final Vp9PayloadDescriptor descriptor = new Vp9PayloadDescriptor();

    @Test
    void whatFfmpegSentIsWhatItsEncoderMade() {
        List<ByteBuf> frames = RecordedFrames.of("recorded/vp9-ffmpeg.ivf");
        List<Payloads.OfFrame> sent = Payloads.recorded("recorded/vp9-ffmpeg.rtp");

        assertThat(sent).hasSameSizeAs(frames);
        for (int i = 0; i < frames.size(); i++) {
            List<ByteBuf> payloads = sent.get(i).payloads();
            assertThat(Payloads.join(plain, payloads)).isEqualTo(frames.get(i));
            assertThat(Payloads.join(superframes, payloads)).isEqualTo(frames.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recorded/vp9-ffmpeg.ivf", "recorded/vp9-superframe.ivf"})
    void recordedFramesComeBackAtAnyPayloadSize(String fileName) {
        for (int maxSize = 64; maxSize < 2_000; maxSize += 97) {
            for (ByteBuf frame : RecordedFrames.of(fileName)) {
                assertThat(Payloads.join(plain, Payloads.of(nonFlexible, frame, maxSize)))
                        .isEqualTo(frame);
                assertThat(Payloads.join(superframes, Payloads.of(flexible, frame, maxSize)))
                        .isEqualTo(frame);
            }
        }
    }

    /** Two layer frames a picture; each is told apart by the index, and begins with its header. */
    @Test
    void joinsTheLayerFramesThatChromiumSentAsSuperframes() {
        Vp9SuperframeIndex index = new Vp9SuperframeIndex();
        Vp9FrameHeader header = new Vp9FrameHeader();
        for (Payloads.OfFrame picture : Payloads.recorded("recorded/vp9-chromium-l2t2-key.rtp")) {
            ByteBuf layers = Payloads.join(plain, picture.payloads());
            ByteBuf superframe = Payloads.join(superframes, picture.payloads());

            assertThat(index.wrap(superframe, 0, superframe.readableBytes())).isTrue();
            assertThat(index.frames()).isEqualTo(2);
            assertThat(index.frameSizeBytes(0) + index.frameSizeBytes(1))
                    .isEqualTo(layers.readableBytes());
            assertThat(superframe.slice(0, layers.readableBytes())).isEqualTo(layers);
            assertThat(header.wrap(superframe, 0, index.frameSizeBytes(0))).isTrue();
            assertThat(header.wrap(superframe, index.frameSizeBytes(0), index.frameSizeBytes(1)))
                    .isTrue();
        }
    }

    /** Their payloads, made again out of the layer frames, are the same bytes. */
    @Test
    void sendsThePicturesThatChromiumSentAsItDid() {
        List<Payloads.OfFrame> pictures = Payloads.recorded("recorded/vp9-chromium-l2t2-key.rtp");
        ByteBuf first = pictures.getFirst().payloads().getFirst();
        read(first);
        Vp9Packetizer packetizer =
                new Vp9Packetizer(PictureIdLength.FIFTEEN_BITS, descriptor.pictureId(), true, 0);
        packetizer.declare(descriptor.scalabilityStructure().value());

        for (Payloads.OfFrame picture : pictures) {
            List<Vp9LayerFrame> layerFrames =
                    picture.payloads().stream().map(this::layerFrame).toList();
            assertThat(
                            Payloads.collect(
                                    out -> packetizer.packetize(layerFrames, 1_200, out), 1_200))
                    .isEqualTo(picture.payloads());
        }
    }

    @Property
    void anyPictureComesBackAtAnyPayloadSize(
            @ForAll @Size(min = 1, max = 8) List<@Size(max = 600) byte[]> layers,
            @ForAll @IntRange(min = 64, max = 1_500) int maxSize,
            @ForAll boolean flexibleMode) {
        Vp9Packetizer packetizer = flexibleMode ? flexible : nonFlexible;
        List<Vp9LayerFrame> picture = new ArrayList<>();
        ByteBuf all = Unpooled.buffer();
        int[] sizes = new int[layers.size()];
        for (int i = 0; i < layers.size(); i++) {
            ByteBuf frame =
                    Unpooled.wrappedBuffer(
                            PayloadBytes.of(INTER_FRAME), Unpooled.wrappedBuffer(layers.get(i)));
            sizes[i] = frame.readableBytes();
            all.writeBytes(frame, 0, sizes[i]);
            picture.add(interFrame(frame, 0, i, flexibleMode));
        }

        List<ByteBuf> payloads =
                Payloads.collect(out -> packetizer.packetize(picture, maxSize, out), maxSize);

        assertThat(Payloads.join(plain, payloads)).isEqualTo(all);
        if (sizes.length > 1) {
            Vp9SuperframeIndex.write(all, sizes, sizes.length);
        }
        assertThat(Payloads.join(superframes, payloads)).isEqualTo(all);
    }

    @Test
    void eachLayerFrameHasItsOwnStartAndEnd() {
        List<Vp9LayerFrame> picture =
                List.of(
                        interFrame(frameOf(INTER_FRAME, 100), 1, 0, false),
                        interFrame(frameOf(INTER_FRAME, 100), 1, 1, false));
        List<ByteBuf> payloads =
                Payloads.collect(out -> nonFlexible.packetize(picture, 64, out), 64);

        assertThat(payloads).hasSize(4);
        for (int i = 0; i < 4; i++) {
            read(payloads.get(i));
            assertThat(descriptor.startsFrame()).isEqualTo(i % 2 == 0);
            assertThat(descriptor.endsFrame()).isEqualTo(i % 2 == 1);
            assertThat(descriptor.spatialLayer()).isEqualTo(i / 2);
            assertThat(descriptor.temporalLayer()).isEqualTo(1);
            assertThat(descriptor.interPicturePredicted()).isTrue();
            assertThat(descriptor.interLayerPredicted()).isEqualTo(i / 2 == 1);
            assertThat(plain.frameStart(payloads.get(i)))
                    .isEqualTo(i == 0 ? FrameStart.YES : FrameStart.NO);
        }
    }

    @Test
    void declaresTheLayersInTheFirstPayloadOfEachKeyPictureOnly() {
        nonFlexible.declare(TWO_LAYERS_THREE_PICTURES);
        List<Integer> declaring = new ArrayList<>();
        int number = 0;
        for (String frame : new String[] {INTER_FRAME, KEY_FRAME, INTER_FRAME, KEY_FRAME}) {
            for (ByteBuf payload : Payloads.of(nonFlexible, frameOf(frame, 100), 64)) {
                read(payload);
                if (descriptor.hasScalabilityStructure()) {
                    declaring.add(number);
                    assertThat(descriptor.startsKeyFrame()).isTrue();
                    assertThat(descriptor.scalabilityStructure().value())
                            .isEqualTo(TWO_LAYERS_THREE_PICTURES);
                }
                number++;
            }
        }

        assertThat(declaring).containsExactly(2, 6);
    }

    /** libwebrtc, TestSsDataDoesNotFitInAveragePacket, at three times the size. */
    @Test
    void aLongStructureLeavesTheFirstPayloadOneByte() {
        List<Resolution> eight = Collections.nCopies(8, new Resolution(1, 1));
        List<GroupPicture> pictures =
                Collections.nCopies(9, new GroupPicture(0, false, List.of(1, 2)));
        Vp9Packetizer packetizer = new Vp9Packetizer(PictureIdLength.NONE, 0, false, 0);
        packetizer.declare(new Vp9Scalability(8, eight, pictures.subList(0, 9)));
        ByteBuf frame = frameOf(KEY_FRAME, 72);

        List<ByteBuf> payloads = Payloads.of(packetizer, frame, 64);
        assertThat(payloads.getFirst().readableBytes()).isEqualTo(63);
        read(payloads.getFirst());
        assertThat(descriptor.frameIndex()).isEqualTo(62);
        assertThat(Payloads.join(plain, payloads)).isEqualTo(frame);
    }

    @Test
    void refusesAStructureThatLeavesNoRoom() {
        nonFlexible.declare(
                new Vp9Scalability(
                        1,
                        List.of(),
                        Collections.nCopies(255, new GroupPicture(0, false, List.of(1)))));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payloads.of(nonFlexible, frameOf(KEY_FRAME, 10), 400));
    }

    @Test
    void numbersPicturesAndBaseLayerPicturesAcrossTheWrap() {
        List<Integer> ids = new ArrayList<>();
        List<Integer> baseLayer = new ArrayList<>();
        for (int layer : new int[] {0, 1, 0}) {
            List<Vp9LayerFrame> picture =
                    List.of(interFrame(frameOf(INTER_FRAME, 10), layer, 0, false));
            read(Payloads.collect(out -> nonFlexible.packetize(picture, 64, out), 64).getFirst());
            ids.add(descriptor.pictureId());
            baseLayer.add(descriptor.tl0PictureIndex());
        }

        assertThat(ids).containsExactly(0x7fff, 0, 1);
        assertThat(baseLayer).containsExactly(255, 255, 0);
    }

    @Test
    void aPlainFrameInFlexibleModeRefersToThePictureBefore() {
        read(Payloads.of(flexible, frameOf(INTER_FRAME, 10), 64).getFirst());

        assertThat(descriptor.pictureId()).isEqualTo(127);
        assertThat(descriptor.interPicturePredicted()).isTrue();
        assertThat(descriptor.references()).isEqualTo(1);
        assertThat(descriptor.pictureDifference(0)).isEqualTo(1);

        read(Payloads.of(flexible, frameOf(KEY_FRAME, 10), 64).getFirst());
        assertThat(descriptor.pictureId()).isZero();
        assertThat(descriptor.interPicturePredicted()).isFalse();
        assertThat(descriptor.references()).isZero();
    }

    @Test
    void refusesWhatIsNoPicture() {
        Vp9LayerFrame lowest = interFrame(frameOf(INTER_FRAME, 10), 0, 0, false);
        Vp9LayerFrame other = interFrame(frameOf(INTER_FRAME, 10), 1, 1, false);

        assertThatIllegalArgumentException().isThrownBy(() -> packetize(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> packetize(List.of(lowest, lowest)))
                .withMessageContaining("0 after 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> packetize(List.of(lowest, other)))
                .withMessageContaining("temporal layers 0 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payloads.of(nonFlexible, PayloadBytes.of("46 00"), 64));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payloads.of(nonFlexible, PayloadBytes.of(""), 64));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payloads.of(nonFlexible, frameOf(INTER_FRAME, 10), 63))
                .withMessageContaining("63");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vp9Packetizer(PictureIdLength.NONE, 0, true, 0));
    }

    @Test
    void aLayerFrameWithoutItsStartIsIncomplete() {
        List<Vp9LayerFrame> picture =
                List.of(
                        interFrame(frameOf(INTER_FRAME, 100), 0, 0, false),
                        interFrame(frameOf(INTER_FRAME, 100), 0, 1, false));
        List<ByteBuf> payloads =
                Payloads.collect(out -> nonFlexible.packetize(picture, 64, out), 64);
        ByteBuf frame = Unpooled.buffer();

        assertThat(superframes.append(payloads.get(1), frame)).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(superframes.append(payloads.get(2), frame)).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(superframes.append(payloads.get(0), frame)).isEqualTo(PayloadStatus.OK);
        assertThat(superframes.append(payloads.get(2), frame)).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(superframes.append(payloads.get(3), frame)).isEqualTo(PayloadStatus.INCOMPLETE);
    }

    @Test
    void aPictureWhoseUpperLayerIsMissingIsThatOfTheLowerOne() {
        ByteBuf lower = frameOf(INTER_FRAME, 40);
        List<Vp9LayerFrame> picture =
                List.of(
                        interFrame(lower, 0, 0, false),
                        interFrame(frameOf(INTER_FRAME, 40), 0, 1, false));
        List<ByteBuf> payloads =
                Payloads.collect(out -> nonFlexible.packetize(picture, 64, out), 64);

        assertThat(payloads).hasSize(2);
        assertThat(Payloads.join(superframes, payloads.subList(0, 1))).isEqualTo(lower);
    }

    @Test
    void payloadsOfTwoPicturesDoNotMix() {
        List<ByteBuf> first = Payloads.of(nonFlexible, frameOf(INTER_FRAME, 100), 64);
        List<ByteBuf> second = Payloads.of(nonFlexible, frameOf(INTER_FRAME, 100), 64);
        ByteBuf frame = Unpooled.buffer();

        assertThat(plain.append(first.get(0), frame)).isEqualTo(PayloadStatus.OK);
        assertThat(plain.append(second.get(1), frame)).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(plain.append(first.get(1), frame)).isEqualTo(PayloadStatus.OK);
        assertThat(plain.append(second.get(0), frame)).isEqualTo(PayloadStatus.INCOMPLETE);
        assertThat(plain.append(second.get(0), Unpooled.buffer())).isEqualTo(PayloadStatus.OK);
    }

    @Test
    void aPictureHasAtMostEightFrames() {
        ByteBuf frame = Unpooled.buffer();
        for (int i = 0; i < Vp9SuperframeIndex.MAX_FRAMES; i++) {
            assertThat(superframes.append(PayloadBytes.of("0c 86"), frame))
                    .isEqualTo(PayloadStatus.OK);
        }

        assertThat(superframes.append(PayloadBytes.of("0c 86"), frame))
                .isEqualTo(PayloadStatus.MALFORMED);
    }

    @Property
    void anyPayloadsNeverThrow(@ForAll @Size(max = 20) List<@Size(max = 40) byte[]> payloads) {
        List<ByteBuf> buffers = payloads.stream().map(Unpooled::wrappedBuffer).toList();
        Payloads.feed(plain, buffers, 0);
        Payloads.feed(superframes, buffers, INDEX_GROWTH_BYTES);
    }

    @Property(tries = 200)
    void mutatedPayloadsNeverThrow(@ForAll long seed) {
        Payloads.feed(superframes, Mutation.of("recorded/vp9-ffmpeg.rtp", seed), 8);
        Payloads.feed(
                superframes,
                Mutation.of("recorded/vp9-chromium-l2t2-key.rtp", seed),
                INDEX_GROWTH_BYTES);
    }

    /** A frame more takes up to 4 bytes in the index; the first time the index has two frames. */
    private static final int INDEX_GROWTH_BYTES = 10;

    private void packetize(List<Vp9LayerFrame> picture) {
        nonFlexible.packetize(picture, 64, (_, _) -> {});
    }

    private Vp9LayerFrame layerFrame(ByteBuf payload) {
        read(payload);
        List<Integer> differences = new ArrayList<>();
        for (int i = 0; i < descriptor.references(); i++) {
            differences.add(descriptor.pictureDifference(i));
        }
        int index = descriptor.frameIndex();
        return new Vp9LayerFrame(
                payload.slice(index, payload.readableBytes() - index),
                new Vp9LayerIndices(
                        descriptor.temporalLayer(),
                        descriptor.switchingUpPoint(),
                        descriptor.spatialLayer(),
                        descriptor.interLayerPredicted()),
                descriptor.interPicturePredicted(),
                descriptor.notReferenceForUpperLayers(),
                differences);
    }

    private void read(ByteBuf payload) {
        assertThat(descriptor.wrap(payload, 0, payload.readableBytes())).isTrue();
    }

    private static Vp9LayerFrame interFrame(
            ByteBuf frame, int temporalLayer, int spatialLayer, boolean flexible) {
        Vp9LayerIndices layer =
                new Vp9LayerIndices(temporalLayer, false, spatialLayer, spatialLayer > 0);
        List<Integer> differences = flexible ? List.of(1, 2) : List.of();
        return new Vp9LayerFrame(frame, layer, true, false, differences);
    }

    private static ByteBuf frameOf(String start, int sizeBytes) {
        ByteBuf frame = Unpooled.buffer().writeBytes(PayloadBytes.of(start));
        return frame.writeZero(sizeBytes - frame.readableBytes());
    }
}
