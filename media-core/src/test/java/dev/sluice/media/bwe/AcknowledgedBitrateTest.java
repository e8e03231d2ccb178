package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AcknowledgedBitrateTest {

    private static final long MILLI = 1_000_000L;

    private final AcknowledgedBitrate bitrate = new AcknowledgedBitrate();
    private long now = -3_000 * MILLI;

    @Test
    void isUnknownForTheFirstHalfSecond() {
        receive(490, 1_000);
        assertThat(bitrate.bps()).isEqualTo(AcknowledgedBitrate.UNKNOWN);
        receive(20, 1_000);
        assertThat(bitrate.bps()).isCloseTo(800_000, within(20_000L));
    }

    @Test
    void followsAChangeOfTheRate() {
        receive(1_000, 1_000);
        receive(2_000, 500);
        assertThat(bitrate.bps()).isCloseTo(400_000, within(20_000L));
    }

    @Test
    void followsFasterWhenTold() {
        var told = new AcknowledgedBitrate();
        long at = now;
        for (int i = 0; i < 200; i++) {
            at += 10 * MILLI;
            told.onArrival(at, 1_000);
            bitrate.onArrival(at, 1_000);
        }
        told.expectFastChange();
        for (int i = 0; i < 32; i++) {
            at += 10 * MILLI;
            told.onArrival(at, 4_000);
            bitrate.onArrival(at, 4_000);
        }
        assertThat(told.bps()).isGreaterThan(bitrate.bps() + 100_000);
    }

    @Test
    void survivesTimesThatGoBackAndGaps() {
        receive(1_000, 1_000);
        now -= 100_000 * MILLI;
        receive(1_000, 1_000);
        now += 100_000 * MILLI;
        receive(1_000, 1_000);
        assertThat(bitrate.bps()).isCloseTo(800_000, within(60_000L));
    }

    private void receive(int millis, int bytesEach10Millis) {
        for (int i = 0; i < millis; i += 10) {
            now += 10 * MILLI;
            bitrate.onArrival(now, bytesEach10Millis);
        }
    }
}
