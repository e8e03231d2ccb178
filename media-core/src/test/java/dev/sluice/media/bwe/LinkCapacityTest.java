package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinkCapacityTest {

    private final LinkCapacity capacity = new LinkCapacity();

    @Test
    void isUnknownUntilAnOveruse() {
        assertThat(capacity.isKnown()).isFalse();
        assertThat(capacity.isAbove(1)).isFalse();
        assertThat(capacity.isBelow(Long.MAX_VALUE)).isFalse();
        capacity.onOveruse(500_000);
        assertThat(capacity.isKnown()).isTrue();
        assertThat(capacity.bps()).isEqualTo(500_000);
        capacity.forget();
        assertThat(capacity.isKnown()).isFalse();
    }

    @Test
    void isTheSmoothedRateAtOveruse() {
        capacity.onOveruse(500_000);
        capacity.onOveruse(600_000);
        assertThat(capacity.bps()).isEqualTo(505_000);
        for (int i = 0; i < 200; i++) {
            capacity.onOveruse(600_000);
        }
        assertThat(capacity.bps()).isCloseTo(600_000, within(1_000L));
    }

    /** At 500 kbit/s the deviation is 14 kbit/s at least. */
    @Test
    void ratesBeyondThreeDeviationsContradictIt() {
        capacity.onOveruse(500_000);
        assertThat(capacity.isBelow(541_000)).isFalse();
        assertThat(capacity.isBelow(544_000)).isTrue();
        assertThat(capacity.isAbove(459_000)).isFalse();
        assertThat(capacity.isAbove(456_000)).isTrue();
    }
}
