package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApplicationLimitTest {

    private static final long MILLI = 1_000_000L;

    private final ApplicationLimit limit = new ApplicationLimit();
    private long now = -100 * MILLI;

    @Test
    void sendingLittleIsALimit() {
        limit.onEstimate(1_000_000);
        send(3_000, 900_000);
        assertThat(limit.isLimited()).isFalse();
        send(3_000, 300_000);
        assertThat(limit.isLimited()).isTrue();
        send(3_000, 900_000);
        assertThat(limit.isLimited()).isFalse();
    }

    @Test
    void sendingNothingIsALimit() {
        limit.onEstimate(1_000_000);
        send(1_000, 900_000);
        for (int i = 0; i < 20; i++) {
            limit.onSent(0, now += 100 * MILLI);
        }
        assertThat(limit.isLimited()).isTrue();
    }

    @Test
    void aHigherEstimateMakesTheSameRateALimit() {
        limit.onEstimate(1_000_000);
        send(3_000, 900_000);
        limit.onEstimate(3_000_000);
        send(3_000, 900_000);
        assertThat(limit.isLimited()).isTrue();
    }

    private void send(int millis, long bps) {
        for (int i = 0; i < millis; i += 10) {
            limit.onSent((int) (bps / 800), now += 10 * MILLI);
        }
    }
}
