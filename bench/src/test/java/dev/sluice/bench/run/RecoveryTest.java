package dev.sluice.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecoveryTest {

    private static final long SECOND = 1_000_000_000L;

    private final Recovery recovery = new Recovery();

    private void rates(double... rates) {
        for (int i = 0; i < rates.length; i++) {
            recovery.add((i + 1) * SECOND, rates[i]);
        }
    }

    @Test
    void countsFromTheEndOfTheDisturbance() {
        rates(1000, 990, 1010, 200, 100, 300, 950, 1000);
        double usual = recovery.usual(0, 3 * SECOND);
        assertThat(usual).isEqualTo(1000);
        assertThat(recovery.least(3 * SECOND + 1, 6 * SECOND)).isEqualTo(100);
        assertThat(recovery.seconds(usual, 5 * SECOND + SECOND / 2)).isEqualTo(1.5);
    }

    @Test
    void knowsNoTimeWhereItNeverRecovers() {
        rates(1000, 100, 100, 899);
        assertThat(recovery.seconds(1000, SECOND)).isNaN();
    }
}
