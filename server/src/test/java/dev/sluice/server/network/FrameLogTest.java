package dev.sluice.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.network.FrameLog.Frame;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrameLogTest {

    private final FrameLog log = new FrameLog();

    /** Ten pictures a second; from 1000 ms on smaller ones, after a gap of 300 ms. */
    @BeforeEach
    void show() {
        for (int atMillis = 0; atMillis < 2_000; atMillis += 100) {
            if (atMillis < 800 || atMillis >= 1_000) {
                log.add(new Frame(atMillis, atMillis < 1_000 ? 720 : 360));
            }
        }
    }

    @Test
    void theLongestGapIsBetweenTwoPictures() {
        assertThat(log.longestGapMillis(0, 2_000)).isEqualTo(300);
        assertThat(log.gapsOver(200, 0, 2_000)).isEqualTo(1);
    }

    @Test
    void aPeriodThatEndsInAGapHasThatGap() {
        assertThat(log.longestGapMillis(0, 1_000)).isEqualTo(300);
        assertThat(log.longestGapMillis(1_000, 5_000)).isEqualTo(3_100);
        assertThat(log.gapsOver(3_000, 1_000, 5_000)).isEqualTo(1);
    }

    @Test
    void aPictureCountsUntilTheNextOne() {
        assertThat(log.shareOf(720, 0, 2_000)).isEqualTo(0.5);
        assertThat(log.shareOf(360, 500, 1_500)).isEqualTo(0.5);
        assertThat(log.shareOf(360, 1_950, 2_950)).isEqualTo(1);
        assertThat(log.shareOf(180, 0, 2_000)).isZero();
    }

    @Test
    void theFirstPictureOfALayerIsFound() {
        assertThat(log.firstOf(360, 500)).hasValue(1_000);
        assertThat(log.firstOf(720, 1_500)).isEmpty();
        assertThat(log.heights(900, 2_000)).containsExactly(360);
    }
}
