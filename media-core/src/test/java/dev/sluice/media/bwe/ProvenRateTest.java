package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProvenRateTest {

    private final ProvenRate proven = new ProvenRate(1_000_000);

    @Test
    void takesTheStartForGranted() {
        assertThat(proven.bps()).isEqualTo(1_000_000);
    }

    @Test
    void isTheMostThatArrivedSinceTheTargetWasBelow() {
        proven.onMeasured(2_000_000);
        proven.onMeasured(300_000);
        proven.onMeasured(-1);
        proven.onTarget(3_000_000);
        assertThat(proven.bps()).isEqualTo(2_000_000);
        proven.onTarget(700_000);
        proven.onTarget(1_500_000);
        assertThat(proven.bps()).isEqualTo(700_000);
        proven.onMeasured(800_000);
        assertThat(proven.bps()).isEqualTo(800_000);
    }

    @Test
    void isTheTargetWhereNothingBetterIsKnown() {
        proven.trust(5_000_000);
        assertThat(proven.bps()).isEqualTo(5_000_000);
    }
}
