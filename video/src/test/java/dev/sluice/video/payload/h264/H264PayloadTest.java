package dev.sluice.video.payload.h264;

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

class H264PayloadTest {

    /** 640x480, constrained baseline, as WebRTC encoders send it. */
    private static final String SPS = "67 42 c0 1f 8c 8d 40 50 1e d0 0f 08 84 6a";

    private static final String PPS = "68 ce 3c 80";

    private final H264Payload payload = new H264Payload();

    /** RFC 6184 figure 2: single NAL unit packet. */
    @Test
    void aSingleIdrSliceStartsAKeyFrame() {
        assertThat(wrap("65 88 84")).isTrue();

        assertThat(payload.startsKeyFrame()).isTrue();
        assertThat(payload.hasIdrSlice()).isTrue();
        assertThat(payload.hasSequenceParameters()).isFalse();
        assertThat(payload.width()).isZero();
    }

    @Test
    void aLaterSliceOfAnIdrPictureStartsNone() {
        assertThat(wrap("65 08 84")).isTrue();

        assertThat(payload.hasIdrSlice()).isTrue();
        assertThat(payload.startsKeyFrame()).isFalse();
    }

    @Test
    void aNonIdrSliceStartsNone() {
        assertThat(wrap("41 9a 20")).isTrue();

        assertThat(payload.hasIdrSlice()).isFalse();
        assertThat(payload.startsKeyFrame()).isFalse();
    }

    @Test
    void aSequenceParameterSetStartsAKeyFrameAndTellsItsSize() {
        assertThat(wrap(SPS)).isTrue();

        assertThat(payload.startsKeyFrame()).isTrue();
        assertThat(payload.width()).isEqualTo(640);
        assertThat(payload.height()).isEqualTo(480);
    }

    /** RFC 6184 figure 7: an STAP-A with two NAL units. */
    @Test
    void looksIntoAnAggregate() {
        assertThat(wrap("78 000e" + SPS + "0004" + PPS)).isTrue();
        assertThat(payload.startsKeyFrame()).isTrue();
        assertThat(payload.width()).isEqualTo(640);

        assertThat(wrap("78 0004" + PPS + "0003 65 88 84")).isTrue();
        assertThat(payload.startsIdrPicture()).isTrue();
        assertThat(payload.hasSequenceParameters()).isFalse();
    }

    /** RFC 6184 figure 14: FU-A. */
    @Test
    void onlyTheFirstFragmentStartsAKeyFrame() {
        assertThat(wrap("7c 85 88 84")).isTrue();
        assertThat(payload.startsKeyFrame()).isTrue();

        assertThat(wrap("7c 05 88 84")).isTrue();
        assertThat(payload.hasIdrSlice()).isTrue();
        assertThat(payload.startsKeyFrame()).isFalse();

        assertThat(wrap("7c 45 88 84")).isTrue();
        assertThat(payload.startsKeyFrame()).isFalse();

        assertThat(wrap("5c 81 9a 40")).isTrue();
        assertThat(payload.hasIdrSlice()).isFalse();
        assertThat(payload.startsKeyFrame()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "65",
                "78",
                "78 00",
                "78 0003 65 88",
                "78 0000 0001 65",
                "78 0002 65 88 00",
                "78 0003 78 00 00",
                "7c",
                "7c 85",
                "60 00",
                "79 00 00",
                "7d 00 00",
                "7f 00"
            })
    void refusesWhatIsCutOffOrNotOfThesePacketizationModes(String hex) {
        assertThat(wrap(hex)).isFalse();
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 64) byte[] bytes) {
        if (payload.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length)) {
            assertThat(payload.width()).isNotNegative();
            assertThat(payload.height()).isNotNegative();
        }
    }

    private boolean wrap(String hex) {
        ByteBuf bytes = PayloadBytes.of(hex);
        return payload.wrap(bytes, 0, bytes.readableBytes());
    }
}
