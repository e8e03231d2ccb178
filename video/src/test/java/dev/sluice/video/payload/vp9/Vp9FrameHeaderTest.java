package dev.sluice.video.payload.vp9;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Vp9FrameHeaderTest {

    @Test
    void tellsInterFramesFromKeyFramesInEachProfile() {
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0x82)).isFalse();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0x86)).isTrue();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0xa2)).isFalse();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0xa6)).isTrue();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0xb0)).isFalse();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0xb2)).isTrue();
    }

    @Test
    void aFrameShownAgainIsNoKeyFrame() {
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0x88)).isTrue();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0xb4)).isTrue();
    }

    @Test
    void saysNothingOfBytesThatAreNoFrameHeader() {
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0x46)).isFalse();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0xc6)).isFalse();
    }
}
