package dev.sluice.video.payload.vp8;

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

class Vp8PayloadDescriptorTest {

    private final Vp8PayloadDescriptor descriptor = new Vp8PayloadDescriptor();

    /** RFC 7741 section 4.6.1. */
    @Test
    void readsAKeyFrameInASinglePacket() {
        assertThat(wrap("90 80 11 50 00 00 9d 01 2a 80 02 e0 01")).isTrue();

        assertThat(descriptor.startsKeyFrame()).isTrue();
        assertThat(descriptor.pictureId()).isEqualTo(17);
        assertThat(descriptor.widePictureId()).isFalse();
        assertThat(descriptor.pictureIdIndex()).isEqualTo(2);
        assertThat(descriptor.frameIndex()).isEqualTo(3);
        assertThat(descriptor.width()).isEqualTo(640);
        assertThat(descriptor.height()).isEqualTo(480);
    }

    /** RFC 7741 section 4.6.2. */
    @Test
    void readsAnInterFrameWithoutPictureId() {
        assertThat(wrap("10 51 00 00")).isTrue();

        assertThat(descriptor.startsFrame()).isTrue();
        assertThat(descriptor.startsKeyFrame()).isFalse();
        assertThat(descriptor.pictureId()).isEqualTo(Vp8PayloadDescriptor.ABSENT);
        assertThat(descriptor.pictureIdIndex()).isEqualTo(Vp8PayloadDescriptor.ABSENT);
        assertThat(descriptor.width()).isZero();
    }

    /** RFC 7741 section 4.6.3: the second packet. */
    @Test
    void aLaterPartitionStartsNoFrame() {
        assertThat(wrap("91 80 11 50")).isTrue();

        assertThat(descriptor.startsPartition()).isTrue();
        assertThat(descriptor.partitionIndex()).isEqualTo(1);
        assertThat(descriptor.startsFrame()).isFalse();
        assertThat(descriptor.startsKeyFrame()).isFalse();
    }

    /** RFC 7741 section 4.6.4: the second packet. */
    @Test
    void aLaterFragmentStartsNoFrame() {
        assertThat(wrap("80 80 11 50")).isTrue();

        assertThat(descriptor.startsPartition()).isFalse();
        assertThat(descriptor.startsKeyFrame()).isFalse();
    }

    /** RFC 7741 section 4.6.5. */
    @Test
    void readsALongPictureId() {
        assertThat(wrap("90 80 92 67 51")).isTrue();

        assertThat(descriptor.pictureId()).isEqualTo(4711);
        assertThat(descriptor.widePictureId()).isTrue();
    }

    @Test
    void readsAllOptionalFields() {
        assertThat(wrap("b0 f0 92 67 c8 a5 51")).isTrue();

        assertThat(descriptor.nonReference()).isTrue();
        assertThat(descriptor.tl0PictureIndex()).isEqualTo(200);
        assertThat(descriptor.temporalLayer()).isEqualTo(2);
        assertThat(descriptor.layerSync()).isTrue();
        assertThat(descriptor.keyIndex()).isEqualTo(5);
        assertThat(descriptor.frameIndex()).isEqualTo(6);
    }

    @Test
    void theTemporalLayerIsAbsentWhereOnlyTheKeyIndexIsSet() {
        assertThat(wrap("90 10 a5 51")).isTrue();

        assertThat(descriptor.temporalLayer()).isEqualTo(Vp8PayloadDescriptor.ABSENT);
        assertThat(descriptor.layerSync()).isFalse();
        assertThat(descriptor.keyIndex()).isEqualTo(5);
    }

    @Test
    void forgetsTheFieldsOfThePacketBefore() {
        wrap("b0 f0 92 67 c8 a5 51");
        assertThat(wrap("10 51")).isTrue();

        assertThat(descriptor.tl0PictureIndex()).isEqualTo(Vp8PayloadDescriptor.ABSENT);
        assertThat(descriptor.temporalLayer()).isEqualTo(Vp8PayloadDescriptor.ABSENT);
        assertThat(descriptor.keyIndex()).isEqualTo(Vp8PayloadDescriptor.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "90",
                "90 80",
                "90 80 92",
                "90 80 92 67",
                "90 c0 11",
                "90 e0 11 c8"
            })
    void refusesAPayloadThatEndsInsideItsDescriptor(String hex) {
        assertThat(wrap(hex)).isFalse();
    }

    @Test
    void tellsNoSizeWhereTheKeyFrameHeaderIsCutOff() {
        assertThat(wrap("10 50 00 00 9d 01 2a 80 02 e0")).isTrue();

        assertThat(descriptor.startsKeyFrame()).isTrue();
        assertThat(descriptor.width()).isZero();
        assertThat(descriptor.height()).isZero();
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 24) byte[] bytes) {
        ByteBuf payload = Unpooled.wrappedBuffer(bytes);
        if (descriptor.wrap(payload, 0, bytes.length)) {
            assertThat(descriptor.frameIndex()).isBetween(1, bytes.length - 1);
            assertThat(descriptor.width()).isBetween(0, 0x3fff);
            assertThat(descriptor.height()).isBetween(0, 0x3fff);
            assertThat(descriptor.pictureId()).isBetween(-1, 0x7fff);
        }
    }

    private boolean wrap(String hex) {
        ByteBuf payload = PayloadBytes.of(hex);
        return descriptor.wrap(payload, 0, payload.readableBytes());
    }
}
