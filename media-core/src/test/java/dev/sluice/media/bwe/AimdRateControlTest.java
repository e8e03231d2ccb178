package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AimdRateControlTest {

    private static final long MILLI = 1_000_000L;

    private final AimdRateControl control = new AimdRateControl(1_000_000, 50_000, 10_000_000);
    private long now = -900 * MILLI;

    @Test
    void growsByEightPercentASecondWhileTheCapacityIsUnknown() {
        increase(10_000, 5_000_000);
        double expected = 1_000_000 * Math.pow(1.08, 10);
        assertThat(control.estimateBps()).isCloseTo((long) expected, within(20_000L));
    }

    @Test
    void growsNoFurtherThanHalfOverWhatIsAcknowledged() {
        increase(60_000, 800_000);
        assertThat(control.estimateBps()).isEqualTo(1_210_000);
        increase(1_000, 400_000);
        assertThat(control.estimateBps()).isEqualTo(1_210_000);
    }

    @Test
    void doesNotGrowWhileApplicationLimited() {
        for (int i = 0; i < 100; i++) {
            control.increase(5_000_000, true, now += 100 * MILLI);
        }
        assertThat(control.estimateBps()).isEqualTo(1_000_000);
    }

    @Test
    void fallsBelowWhatIsAcknowledged() {
        control.decrease(960_000, false, now);
        assertThat(control.estimateBps()).isEqualTo(816_000);
        control.decrease(400_000, false, now);
        assertThat(control.estimateBps()).isEqualTo(340_000);
    }

    @Test
    void aLongQueueTakesMore() {
        control.decrease(600_000, true, now);
        assertThat(control.estimateBps()).isEqualTo(450_000);
    }

    @Test
    void aDecreaseTakesLittleHeedOfNoise() {
        control.decrease(850_000, false, now);
        assertThat(control.estimateBps()).isEqualTo(790_500); // 0.85 × 0.93
    }

    @Test
    void aDecreaseNeverRaises() {
        control.decrease(9_000_000, false, now);
        assertThat(control.estimateBps()).isEqualTo(1_000_000);
    }

    @Test
    void growsBySlowStepsNearTheCapacity() {
        control.onRtt(100 * MILLI);
        control.decrease(1_000_000, false, now);
        increase(1_000, 850_000);
        // 1.5 packets of 9600 bits in 100 ms of round trip and 100 ms of detection
        assertThat(control.estimateBps()).isCloseTo(850_000 + 72_000, within(10_000L));
    }

    @Test
    void waitsForTheEffectOfADecrease() {
        control.onRtt(100 * MILLI);
        assertThat(control.mayDecrease(900_000, false, now)).isTrue();
        control.decrease(900_000, false, now);
        assertThat(control.mayDecrease(700_000, false, now + 399 * MILLI)).isFalse();
        assertThat(control.mayDecrease(700_000, false, now + 400 * MILLI)).isTrue();
        assertThat(control.mayDecrease(700_000, true, now + 100 * MILLI)).isTrue();
        assertThat(control.mayDecrease(300_000, false, now + MILLI)).isTrue();
    }

    @Test
    void staysWithinItsBounds() {
        control.setEstimate(Long.MAX_VALUE, now);
        assertThat(control.estimateBps()).isEqualTo(10_000_000);
        control.setEstimate(0, now);
        assertThat(control.estimateBps()).isEqualTo(50_000);
        control.decrease(0, true, now);
        assertThat(control.estimateBps()).isEqualTo(50_000);
    }

    private void increase(int millis, long acknowledgedBps) {
        for (int i = 0; i < millis; i += 50) {
            control.increase(acknowledgedBps, false, now += 50 * MILLI);
        }
    }
}
