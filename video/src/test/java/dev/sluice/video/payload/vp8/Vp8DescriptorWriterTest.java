package dev.sluice.video.payload.vp8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.Payloads;
import dev.sluice.video.payload.PictureIdLength;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

class Vp8DescriptorWriterTest {

    private static final int ABSENT = Vp8PayloadDescriptor.ABSENT;

    private final Vp8PayloadDescriptor descriptor = new Vp8PayloadDescriptor();

    @Property
    void whatIsWrittenIsReadAgain(
            @ForAll boolean nonReference,
            @ForAll PictureIdLength length,
            @ForAll @IntRange(max = 0x7fff) int pictureId,
            @ForAll @IntRange(min = -1, max = 3) int temporalLayer,
            @ForAll boolean layerSync,
            @ForAll @IntRange(min = -1, max = 255) int tl0,
            @ForAll @IntRange(min = -1, max = 31) int keyIndex,
            @ForAll boolean starts,
            @ForAll @IntRange(max = 7) int partition) {
        boolean layered = temporalLayer != ABSENT;
        Vp8FrameInfo info =
                new Vp8FrameInfo(nonReference, temporalLayer, layered && layerSync, keyIndex);
        int tl0PictureIndex = layered ? tl0 : ABSENT;
        Vp8DescriptorWriter writer =
                new Vp8DescriptorWriter(info, length, pictureId, tl0PictureIndex);
        ByteBuf out = Unpooled.buffer();

        writer.write(out, starts, partition);
        assertThat(out.readableBytes()).isEqualTo(writer.sizeBytes());
        out.writeByte(0x11);

        assertThat(descriptor.wrap(out, 0, out.readableBytes())).isTrue();
        assertThat(descriptor.frameIndex()).isEqualTo(writer.sizeBytes());
        assertThat(descriptor.nonReference()).isEqualTo(nonReference);
        assertThat(descriptor.startsPartition()).isEqualTo(starts);
        assertThat(descriptor.partitionIndex()).isEqualTo(partition);
        assertThat(descriptor.pictureId()).isEqualTo(expectedPictureId(length, pictureId));
        assertThat(descriptor.widePictureId()).isEqualTo(length == PictureIdLength.FIFTEEN_BITS);
        assertThat(descriptor.temporalLayer()).isEqualTo(temporalLayer);
        assertThat(descriptor.layerSync()).isEqualTo(layered && layerSync);
        assertThat(descriptor.tl0PictureIndex()).isEqualTo(tl0PictureIndex);
        assertThat(descriptor.keyIndex()).isEqualTo(keyIndex);
    }

    /** RFC 7741 section 4.6.1 and 4.6.5. */
    @Test
    void writesTheExamplesOfTheRfc() {
        assertThat(written(PictureIdLength.SEVEN_BITS, 17)).isEqualTo("908011");
        assertThat(written(PictureIdLength.FIFTEEN_BITS, 4711)).isEqualTo("90809267");
    }

    /** Chromium's own descriptor bytes, field by field, out of the recording. */
    @Test
    void writesTheDescriptorsThatChromiumWrote() {
        for (Payloads.OfFrame frame : Payloads.recorded("recorded/vp8-chromium-l1t3.rtp")) {
            for (ByteBuf payload : frame.payloads()) {
                assertThat(descriptor.wrap(payload, 0, payload.readableBytes())).isTrue();
                Vp8FrameInfo info =
                        new Vp8FrameInfo(
                                descriptor.nonReference(),
                                descriptor.temporalLayer(),
                                descriptor.layerSync(),
                                descriptor.keyIndex());
                ByteBuf out = Unpooled.buffer();
                new Vp8DescriptorWriter(
                                info,
                                PictureIdLength.FIFTEEN_BITS,
                                descriptor.pictureId(),
                                descriptor.tl0PictureIndex())
                        .write(out, descriptor.startsPartition(), descriptor.partitionIndex());

                assertThat(out).isEqualTo(payload.slice(0, descriptor.frameIndex()));
            }
        }
    }

    @Test
    void rewritesPictureIdAndTl0PictureIndexInPlace() {
        ByteBuf wide = PayloadBytes.of("b0 f0 92 67 c8 a5 51");
        assertThat(descriptor.wrap(wide, 0, 7)).isTrue();
        descriptor.rewritePictureId(0x7ffe);
        descriptor.rewriteTl0PictureIndex(0x1ff);
        assertThat(ByteBufUtil.hexDump(wide)).isEqualTo("b0f0fffeffa551");
        assertThat(descriptor.pictureId()).isEqualTo(0x7ffe);
        assertThat(descriptor.tl0PictureIndex()).isEqualTo(0xff);

        ByteBuf narrow = PayloadBytes.of("90 80 11 51");
        assertThat(descriptor.wrap(narrow, 0, 4)).isTrue();
        descriptor.rewritePictureId(0x7ffe);
        assertThat(ByteBufUtil.hexDump(narrow)).isEqualTo("90807e51");
        assertThat(descriptor.pictureId()).isEqualTo(0x7e);
    }

    @Test
    void widensAPictureIdInACopy() {
        ByteBuf out = Unpooled.buffer();
        assertThat(descriptor.wrap(PayloadBytes.of("ff b0 f0 11 c8 a5 51 52"), 1, 7)).isTrue();
        descriptor.copyWithWidePictureId(out, 4711);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("b0f09267c8a55152");

        out.clear();
        assertThat(descriptor.wrap(PayloadBytes.of("90 80 80 01 51"), 0, 5)).isTrue();
        descriptor.copyWithWidePictureId(out, 4711);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("9080926751");
    }

    @Test
    void refusesToRewriteWhatIsNotThere() {
        assertThat(descriptor.wrap(PayloadBytes.of("10 51"), 0, 2)).isTrue();

        assertThatIllegalStateException().isThrownBy(() -> descriptor.rewritePictureId(1));
        assertThatIllegalStateException().isThrownBy(() -> descriptor.rewriteTl0PictureIndex(1));
        assertThatIllegalStateException()
                .isThrownBy(() -> descriptor.copyWithWidePictureId(Unpooled.buffer(), 1));
    }

    @Test
    void refusesWhatTheFormatDoesNotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vp8FrameInfo.ofTemporalLayer(4, false))
                .withMessageContaining("4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vp8FrameInfo(false, ABSENT, true, ABSENT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vp8FrameInfo(false, 0, true, 32))
                .withMessageContaining("32");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Vp8DescriptorWriter(
                                        Vp8FrameInfo.NONE, PictureIdLength.NONE, 0, 7))
                .withMessageContaining("7");
    }

    private static String written(PictureIdLength length, int pictureId) {
        ByteBuf out = Unpooled.buffer();
        new Vp8DescriptorWriter(Vp8FrameInfo.NONE, length, pictureId, ABSENT).write(out, true, 0);
        return ByteBufUtil.hexDump(out);
    }

    private static int expectedPictureId(PictureIdLength length, int pictureId) {
        return switch (length) {
            case NONE -> ABSENT;
            case SEVEN_BITS -> pictureId & 0x7f;
            case FIFTEEN_BITS -> pictureId;
        };
    }
}
