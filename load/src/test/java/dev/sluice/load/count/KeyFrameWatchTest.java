package dev.sluice.load.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyFrameWatchTest {

    private final KeyFrameWatch watch = new KeyFrameWatch();

    @Test
    void waitsForTheLastPacketOfTheKeyFrame() {
        assertThat(watch.onPacket(10, 900, false, true)).isFalse();
        assertThat(watch.onPacket(11, 1000, true, false)).isFalse();
        assertThat(watch.onPacket(12, 1000, false, false)).isFalse();
        assertThat(watch.onPacket(13, 1000, false, true)).isTrue();
    }

    @Test
    void waitsForAPacketThatIsMissing() {
        watch.onPacket(11, 1000, true, false);
        assertThat(watch.onPacket(13, 1000, false, true)).isFalse();
        assertThat(watch.onPacket(14, 4000, false, true)).isFalse();

        assertThat(watch.onPacket(12, 1000, false, false)).isTrue();
    }

    @Test
    void goesOnWithTheNextKeyFrame() {
        watch.onPacket(11, 1000, true, false);
        watch.onPacket(13, 1000, false, true);

        assertThat(watch.onPacket(14, 4000, true, true)).isTrue();
    }

    @Test
    void countsParameterSetsAndSliceAsOneFrame() {
        assertThat(watch.onPacket(11, 1000, true, false)).isFalse();
        assertThat(watch.onPacket(12, 1000, true, false)).isFalse();
        assertThat(watch.onPacket(13, 1000, false, true)).isTrue();
    }
}
