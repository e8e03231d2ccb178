package dev.sluice.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecoveryTest {

    private static final long SECOND = 1_000_000_000L;

    private final Recovery recovery = new Recovery();

    private void shares(double... shares) {
        for (int i = 0; i < shares.length; i++) {
            recovery.add((i + 1) * SECOND, shares[i]);
        }
    }

    @Test
    void countsFromTheEndOfTheDisturbance() {
        shares(1, 0.99, 1.01, 0.2, 0.1, 0.3, 0.95, 1);
        double usual = recovery.usual(0, 3 * SECOND);
        assertThat(usual).isEqualTo(1);
        assertThat(recovery.least(3 * SECOND + 1, 6 * SECOND)).isEqualTo(0.1);
        assertThat(recovery.seconds(usual, 5 * SECOND + SECOND / 2)).isEqualTo(1.5);
    }

    @Test
    void knowsNoTimeWhereItNeverRecovers() {
        shares(1, 0.1, 0.1, 0.89);
        assertThat(recovery.seconds(1, SECOND)).isNaN();
    }
}
