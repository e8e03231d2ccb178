package dev.sluice.video.payload.vp9;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.Payloads;
import dev.sluice.video.payload.PictureIdLength;
import dev.sluice.video.payload.vp9.Vp9Scalability.GroupPicture;
import dev.sluice.video.payload.vp9.Vp9Scalability.Resolution;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class Vp9DescriptorWriterTest {

    private static final int ABSENT = Vp9PayloadDescriptor.ABSENT;

    private final Vp9PayloadDescriptor descriptor = new Vp9PayloadDescriptor();

    @Property
    void whatIsWrittenIsReadAgain(
            @ForAll("writers") Vp9DescriptorWriter writer,
            @ForAll boolean starts,
            @ForAll boolean ends,
            @ForAll("scalabilities") Vp9Scalability scalability,
            @ForAll boolean withScalability) {
        ByteBuf out = Unpooled.buffer();
        writer.write(out, starts, ends, withScalability ? scalability : null);
        int sizeBytes = writer.sizeBytes() + (withScalability ? scalability.sizeBytes() : 0);
        assertThat(out.readableBytes()).isEqualTo(sizeBytes);
        out.writeByte(0x82);

        assertThat(descriptor.wrap(out, 0, out.readableBytes())).isTrue();
        assertThat(descriptor.frameIndex()).isEqualTo(sizeBytes);
        assertThat(descriptor.startsFrame()).isEqualTo(starts);
        assertThat(descriptor.endsFrame()).isEqualTo(ends);
        assertThat(readAgain()).isEqualTo(writer);
        assertThat(descriptor.hasScalabilityStructure()).isEqualTo(withScalability);
        if (withScalability) {
            assertThat(descriptor.scalabilityStructure().value()).isEqualTo(scalability);
        }
    }

    /** libwebrtc, rtp_format_vp9_unittest.cc, TestLayerInfoWithNonFlexibleMode. */
    @Test
    void writesLayersInNonFlexibleMode() {
        Vp9LayerIndices layer = new Vp9LayerIndices(3, true, 2, true);
        assertThat(written(frame(layer, false), PictureIdLength.NONE, 0, false, 117, null))
                .isEqualTo("2c" + "75" + "75");
    }

    /** The same, TestRefIdx: picture 2 refers to those 1, 3 and 127 before it. */
    @Test
    void writesReferencesInFlexibleMode() {
        Vp9LayerFrame frame =
                new Vp9LayerFrame(Unpooled.EMPTY_BUFFER, null, true, false, List.of(1, 3, 127));
        assertThat(written(frame, PictureIdLength.SEVEN_BITS, 2, true, ABSENT, null))
                .isEqualTo("dc" + "02" + "03" + "07" + "fe");
    }

    /** The same, TestSsDataWithoutSpatialResolutionPresent and TestSsDataWithoutGbitPresent. */
    @Test
    void writesAScalabilityStructureWithoutResolutions() {
        Vp9Scalability group =
                new Vp9Scalability(1, List.of(), List.of(new GroupPicture(0, true, List.of(4))));
        assertThat(written(frame(null, false), PictureIdLength.NONE, 0, false, ABSENT, group))
                .isEqualTo("0e" + "08" + "01" + "1404");

        Vp9Scalability nothing = new Vp9Scalability(1, List.of(), List.of());
        assertThat(written(frame(null, false), PictureIdLength.NONE, 0, false, ABSENT, nothing))
                .isEqualTo("0e" + "00");
    }

    /** The same, TestSsData. */
    @Test
    void writesAWholeScalabilityStructure() {
        assertThat(
                        written(
                                frame(null, false),
                                PictureIdLength.NONE,
                                0,
                                false,
                                ABSENT,
                                Vp9PacketizerTest.TWO_LAYERS_THREE_PICTURES))
                .isEqualTo(
                        "0e"
                                + "38"
                                + "02800168"
                                + "050002d0"
                                + "03"
                                + "10"
                                + "3c050607"
                                + "480809");
    }

    /** Chromium's own descriptor bytes, field by field, out of the recording. */
    @Test
    void writesTheDescriptorsThatChromiumWrote() {
        List<Payloads.OfFrame> pictures = Payloads.recorded("recorded/vp9-chromium-l2t2-key.rtp");
        for (Payloads.OfFrame picture : pictures) {
            for (ByteBuf payload : picture.payloads()) {
                assertThat(descriptor.wrap(payload, 0, payload.readableBytes())).isTrue();
                ByteBuf out = Unpooled.buffer();
                readAgain()
                        .write(
                                out,
                                descriptor.startsFrame(),
                                descriptor.endsFrame(),
                                descriptor.hasScalabilityStructure()
                                        ? descriptor.scalabilityStructure().value()
                                        : null);
                assertThat(out).isEqualTo(payload.slice(0, descriptor.frameIndex()));
            }
        }
    }

    @Test
    void readsTheLayersThatChromiumDeclared() {
        ByteBuf first =
                Payloads.recorded("recorded/vp9-chromium-l2t2-key.rtp")
                        .getFirst()
                        .payloads()
                        .getFirst();
        assertThat(descriptor.wrap(first, 0, first.readableBytes())).isTrue();

        assertThat(descriptor.startsKeyFrame()).isTrue();
        assertThat(descriptor.flexible()).isTrue();
        assertThat(descriptor.scalabilityStructure().value())
                .isEqualTo(
                        new Vp9Scalability(
                                2,
                                List.of(new Resolution(240, 135), new Resolution(480, 270)),
                                List.of()));
    }

    @Test
    void rewritesPictureIdAndTl0PictureIndexInPlace() {
        ByteBuf payload = PayloadBytes.of("e9 92 67 4a c8 86");
        assertThat(descriptor.wrap(payload, 0, 6)).isTrue();
        descriptor.rewritePictureId(1);
        descriptor.rewriteTl0PictureIndex(0x107);

        assertThat(ByteBufUtil.hexDump(payload)).isEqualTo("e980014a0786");
        assertThat(descriptor.pictureId()).isEqualTo(1);
        assertThat(descriptor.tl0PictureIndex()).isEqualTo(7);
    }

    @Test
    void widensAPictureIdInACopy() {
        ByteBuf out = Unpooled.buffer();
        assertThat(descriptor.wrap(PayloadBytes.of("e9 11 4a c8 86"), 0, 5)).isTrue();
        descriptor.copyWithWidePictureId(out, 4711);

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("e992674ac886");
    }

    @Test
    void refusesToRewriteWhatIsNotThere() {
        assertThat(descriptor.wrap(PayloadBytes.of("3c 00 86"), 0, 3)).isTrue();

        assertThatIllegalStateException().isThrownBy(() -> descriptor.rewritePictureId(1));
        assertThatIllegalStateException().isThrownBy(() -> descriptor.rewriteTl0PictureIndex(1));
    }

    @Test
    void refusesWhatTheFormatDoesNotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vp9LayerIndices(8, false, 0, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vp9LayerIndices(0, false, 0, true));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Vp9LayerFrame(
                                        Unpooled.EMPTY_BUFFER, null, true, false, List.of(128)))
                .withMessageContaining("128");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vp9Scalability(2, List.of(new Resolution(1, 1)), List.of()));
        // libwebrtc, TestRefIdxFailsWithoutPictureId
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Vp9DescriptorWriter(
                                        frame(null, false), PictureIdLength.NONE, 0, true, ABSENT));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Vp9DescriptorWriter(
                                        frame(null, true),
                                        PictureIdLength.SEVEN_BITS,
                                        0,
                                        true,
                                        ABSENT));
    }

    /** What the descriptor says, as the writer that writes it. */
    private Vp9DescriptorWriter readAgain() {
        Vp9LayerIndices layer =
                descriptor.spatialLayer() == ABSENT
                        ? null
                        : new Vp9LayerIndices(
                                descriptor.temporalLayer(),
                                descriptor.switchingUpPoint(),
                                descriptor.spatialLayer(),
                                descriptor.interLayerPredicted());
        List<Integer> differences = new ArrayList<>();
        for (int i = 0; i < descriptor.references(); i++) {
            differences.add(descriptor.pictureDifference(i));
        }
        Vp9LayerFrame frame =
                new Vp9LayerFrame(
                        Unpooled.EMPTY_BUFFER,
                        layer,
                        descriptor.interPicturePredicted(),
                        descriptor.notReferenceForUpperLayers(),
                        differences);
        PictureIdLength length =
                descriptor.pictureId() == ABSENT
                        ? PictureIdLength.NONE
                        : descriptor.widePictureId()
                                ? PictureIdLength.FIFTEEN_BITS
                                : PictureIdLength.SEVEN_BITS;
        return new Vp9DescriptorWriter(
                frame,
                length,
                Math.max(0, descriptor.pictureId()),
                descriptor.flexible(),
                descriptor.tl0PictureIndex());
    }

    private static Vp9LayerFrame frame(@Nullable Vp9LayerIndices layer, boolean predicted) {
        return new Vp9LayerFrame(Unpooled.EMPTY_BUFFER, layer, predicted, false, List.of());
    }

    private static String written(
            Vp9LayerFrame frame,
            PictureIdLength length,
            int pictureId,
            boolean flexible,
            int tl0,
            @Nullable Vp9Scalability scalability) {
        ByteBuf out = Unpooled.buffer();
        new Vp9DescriptorWriter(frame, length, pictureId, flexible, tl0)
                .write(out, true, true, scalability);
        return ByteBufUtil.hexDump(out);
    }

    @Provide
    static Arbitrary<Vp9DescriptorWriter> writers() {
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        Arbitrary<Vp9LayerIndices> layers =
                Combinators.combine(
                                Arbitraries.integers().between(0, 7),
                                flag,
                                Arbitraries.integers().between(0, 7),
                                flag)
                        .as((tid, up, sid, d) -> new Vp9LayerIndices(tid, up, sid, d && sid > 0));
        return Combinators.combine(
                        layers.injectNull(0.3),
                        flag,
                        flag,
                        Arbitraries.integers().between(1, 127).list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(PictureIdLength.class),
                        Arbitraries.integers().between(0, 0x7fff),
                        flag,
                        Arbitraries.integers().between(0, 255))
                .as(Vp9DescriptorWriterTest::writer);
    }

    private static Vp9DescriptorWriter writer(
            @Nullable Vp9LayerIndices layer,
            boolean predicted,
            boolean notReference,
            List<Integer> differences,
            PictureIdLength length,
            int pictureId,
            boolean wantsFlexible,
            int tl0) {
        boolean flexible = wantsFlexible && length != PictureIdLength.NONE;
        Vp9LayerFrame frame =
                new Vp9LayerFrame(
                        Unpooled.EMPTY_BUFFER,
                        layer,
                        predicted,
                        notReference,
                        flexible && predicted ? differences : List.of());
        return new Vp9DescriptorWriter(
                frame,
                length,
                length.wrap(pictureId),
                flexible,
                layer != null && !flexible ? tl0 : ABSENT);
    }

    @Provide
    static Arbitrary<Vp9Scalability> scalabilities() {
        Arbitrary<Integer> size = Arbitraries.integers().between(0, 0xffff);
        Arbitrary<GroupPicture> pictures =
                Combinators.combine(
                                Arbitraries.integers().between(0, 7),
                                Arbitraries.of(true, false),
                                Arbitraries.integers().between(0, 255).list().ofMaxSize(3))
                        .as(GroupPicture::new);
        return Combinators.combine(
                        Combinators.combine(size, size)
                                .as(Resolution::new)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(8),
                        Arbitraries.of(true, false),
                        pictures.list().ofMaxSize(255))
                .as(
                        (resolutions, told, group) ->
                                new Vp9Scalability(
                                        resolutions.size(), told ? resolutions : List.of(), group));
    }
}
