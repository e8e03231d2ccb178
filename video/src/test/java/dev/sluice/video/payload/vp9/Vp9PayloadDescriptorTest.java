package dev.sluice.video.payload.vp9;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.payload.PayloadBytes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Vp9PayloadDescriptorTest {

    private final Vp9PayloadDescriptor descriptor = new Vp9PayloadDescriptor();

    /** RFC 9628 figure 3: non-flexible mode. */
    @Test
    void readsTheNonFlexibleMode() {
        assertThat(wrap("e9 92 67 4a c8 86")).isTrue();

        assertThat(descriptor.flexible()).isFalse();
        assertThat(descriptor.interPicturePredicted()).isTrue();
        assertThat(descriptor.startsFrame()).isTrue();
        assertThat(descriptor.endsFrame()).isFalse();
        assertThat(descriptor.notReferenceForUpperLayers()).isTrue();
        assertThat(descriptor.pictureId()).isEqualTo(4711);
        assertThat(descriptor.widePictureId()).isTrue();
        assertThat(descriptor.pictureIdIndex()).isEqualTo(1);
        assertThat(descriptor.temporalLayer()).isEqualTo(2);
        assertThat(descriptor.spatialLayer()).isEqualTo(5);
        assertThat(descriptor.switchingUpPoint()).isFalse();
        assertThat(descriptor.interLayerPredicted()).isFalse();
        assertThat(descriptor.tl0PictureIndex()).isEqualTo(200);
        assertThat(descriptor.frameIndex()).isEqualTo(5);
    }

    /** RFC 9628 figure 2: flexible mode, with three references. */
    @Test
    void readsTheFlexibleMode() {
        assertThat(wrap("fc 11 33 03 05 06 86")).isTrue();

        assertThat(descriptor.flexible()).isTrue();
        assertThat(descriptor.pictureId()).isEqualTo(17);
        assertThat(descriptor.temporalLayer()).isEqualTo(1);
        assertThat(descriptor.switchingUpPoint()).isTrue();
        assertThat(descriptor.spatialLayer()).isEqualTo(1);
        assertThat(descriptor.interLayerPredicted()).isTrue();
        assertThat(descriptor.tl0PictureIndex()).isEqualTo(Vp9PayloadDescriptor.ABSENT);
        assertThat(descriptor.frameIndex()).isEqualTo(6);
    }

    @Test
    void readsTheScalabilityStructureOfAKeyFrame() {
        // Two spatial layers with their sizes, and a group of two pictures with one and two
        // references.
        String structure = "38 0140 00b4 0280 0168 02 04 01 28 01 02";
        assertThat(wrap("aa 11 00 c8 " + structure + " 82")).isTrue();

        assertThat(descriptor.startsKeyFrame()).isTrue();
        assertThat(descriptor.hasScalabilityStructure()).isTrue();
        Vp9ScalabilityStructure scalability = descriptor.scalabilityStructure();
        assertThat(scalability.spatialLayers()).isEqualTo(2);
        assertThat(scalability.width(0)).isEqualTo(320);
        assertThat(scalability.height(0)).isEqualTo(180);
        assertThat(scalability.width(1)).isEqualTo(640);
        assertThat(scalability.height(1)).isEqualTo(360);
        assertThat(scalability.width(2)).isZero();
        assertThat(descriptor.frameIndex()).isEqualTo(19);
    }

    @Test
    void aKeyFrameStartsInTheLowestSpatialLayerOnly() {
        assertThat(wrap("a8 11 00 c8 82")).isTrue();
        assertThat(descriptor.startsKeyFrame()).isTrue();

        assertThat(wrap("a8 11 03 c8 82")).isTrue();
        assertThat(descriptor.startsKeyFrame()).isFalse();
    }

    @Test
    void aLaterPacketOfAKeyFrameDoesNotStartIt() {
        assertThat(wrap("84 11 82")).isTrue();

        assertThat(descriptor.startsKeyFrame()).isFalse();
    }

    @Test
    void refusesMoreThanThreeReferences() {
        assertThat(wrap("d8 11 03 03 03 02 86")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "08",
                "88",
                "88 11",
                "88 92",
                "88 92 67",
                "a8 11 00",
                "a8 11 00 c8",
                "b8 11",
                "d8 11 03",
                "0a",
                "0a 18",
                "0a 18 0140 00b4",
                "0a 08 02 04 01",
                "0a 08 02 04 01 28 01 02",
                "0a 08 ff 82"
            })
    void refusesAPayloadThatEndsInsideItsDescriptor(String hex) {
        assertThat(wrap(hex)).isFalse();
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 48) byte[] bytes) {
        ByteBuf payload = Unpooled.wrappedBuffer(bytes);
        if (descriptor.wrap(payload, 0, bytes.length)) {
            assertThat(descriptor.frameIndex()).isBetween(1, bytes.length - 1);
            for (int layer = 0; layer < 8 && descriptor.hasScalabilityStructure(); layer++) {
                assertThat(descriptor.scalabilityStructure().width(layer)).isBetween(0, 0xffff);
                assertThat(descriptor.scalabilityStructure().height(layer)).isBetween(0, 0xffff);
            }
        }
    }

    private boolean wrap(String hex) {
        ByteBuf payload = PayloadBytes.of(hex);
        return descriptor.wrap(payload, 0, payload.readableBytes());
    }
}
