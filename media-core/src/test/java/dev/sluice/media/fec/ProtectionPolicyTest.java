package dev.sluice.media.fec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

class ProtectionPolicyTest {

    private static final long MILLI = 1_000_000;
    private static final long FAR = 200 * MILLI;
    private static final long NEAR = 20 * MILLI;
    private static final long MEDIA_BPS = 2_000_000;
    private static final long ENOUGH_BPS = 2_000_000;

    private final ProtectionPolicy policy = new ProtectionPolicy(true);
    private long nowNanos;

    private Protection update(double loss, long rttNanos) {
        return update(loss, 1, rttNanos, ENOUGH_BPS);
    }

    private Protection update(double loss, double burst, long rttNanos, long budgetBps) {
        nowNanos += 100 * MILLI;
        return policy.update(loss, burst, rttNanos, MEDIA_BPS, budgetBps, nowNanos);
    }

    @Test
    void aShortRoundTripNeedsNoProtection() {
        assertThat(update(0.1, NEAR)).isEqualTo(Protection.NONE);
        assertThat(update(0.1, -1)).as("an unknown one").isEqualTo(Protection.NONE);
        assertThat(update(0.1, FAR).isOn()).isTrue();
    }

    @Test
    void whoCannotAskIsProtectedWhateverTheRoundTrip() {
        ProtectionPolicy deaf = new ProtectionPolicy(false);
        assertThat(deaf.update(0.05, 1, -1, MEDIA_BPS, ENOUGH_BPS, 0).isOn()).isTrue();
        assertThat(deaf.update(0, 1, NEAR, MEDIA_BPS, ENOUGH_BPS, 1).isOn()).isTrue();
    }

    @Test
    void itDoesNotFlapAroundItsThresholds() {
        assertThat(update(0.05, 49 * MILLI).isOn()).isFalse();
        assertThat(update(0.05, 50 * MILLI).isOn()).isTrue();
        assertThat(update(0.05, 40 * MILLI).isOn()).isTrue();
        assertThat(update(0.05, 34 * MILLI).isOn()).isFalse();
        assertThat(update(0.05, 40 * MILLI).isOn()).isFalse();
    }

    @Test
    void lossIsBelievedAtOnceAndForgottenSlowly() {
        assertThat(update(0.009, FAR).isOn()).isFalse();
        assertThat(update(0.04, FAR).isOn()).isTrue();
        for (int i = 0; i < 50; i++) {
            assertThat(update(0, FAR).isOn()).as("after %d00 ms", i).isTrue();
        }
        assertThat(update(0, FAR).packetsPerRepair()).as("for 1.4 %").isBetween(18, 22);
        for (int i = 0; i < 100; i++) {
            update(0, FAR);
        }
        assertThat(update(0, FAR).isOn()).isFalse();
    }

    /** With c packets for each repair the residue is p(1-(1-p)^c), a quarter of p at most. */
    @Test
    void protectionFollowsTheLoss() {
        assertThat(update(0.02, FAR).packetsPerRepair()).isEqualTo(14);
        assertThat(update(0.05, FAR).packetsPerRepair()).isEqualTo(5);
        assertThat(update(0.10, FAR).packetsPerRepair()).isEqualTo(2);
        assertThat(update(0.50, FAR).packetsPerRepair()).isEqualTo(2);
    }

    @Test
    void theBudgetBoundsIt() {
        assertThat(update(0.1, 1, FAR, MEDIA_BPS / 2).packetsPerRepair()).isEqualTo(2);
        assertThat(update(0.1, 1, FAR, MEDIA_BPS / 10).packetsPerRepair()).isEqualTo(10);
        assertThat(update(0.1, 1, FAR, MEDIA_BPS / 21).isOn()).as("too little").isFalse();
        assertThat(update(0.1, 1, FAR, 0).isOn()).isFalse();
    }

    @Test
    void interleavingFollowsTheBursts() {
        assertThat(update(0.05, 1, FAR, ENOUGH_BPS).rows()).isEqualTo(1);
        for (int i = 0; i < 30; i++) {
            update(0.05, 3, FAR, ENOUGH_BPS);
        }
        assertThat(update(0.05, 3, FAR, ENOUGH_BPS)).isEqualTo(new Protection(5, 4));
        for (int i = 0; i < 30; i++) {
            update(0.05, 20, FAR, ENOUGH_BPS);
        }
        assertThat(update(0.05, 20, FAR, ENOUGH_BPS).rows()).isEqualTo(8);
        assertThat(update(0.05, 20, FAR, MEDIA_BPS / 16))
                .as("a group is not too long")
                .isEqualTo(new Protection(16, 2));
    }

    @Test
    void refusesAProtectionThatCannotBe() {
        assertThatThrownBy(() -> new Protection(47, 1)).hasMessageContaining("47");
        assertThatThrownBy(() -> new Protection(5, 3)).hasMessageContaining("3 rows");
        assertThatThrownBy(() -> new Protection(5, 16)).hasMessageContaining("16 rows");
        assertThat(Protection.NONE.overhead()).isZero();
        assertThat(new Protection(4, 1).overhead()).isEqualTo(0.25);
    }

    @Property
    void itNeverSpendsMoreThanItsBudget(
            @ForAll @DoubleRange(max = 1) double loss,
            @ForAll @DoubleRange(max = 50) double burst,
            @ForAll @LongRange(min = -1, max = 2_000_000_000L) long rttNanos,
            @ForAll @LongRange(max = 50_000_000) long mediaBps,
            @ForAll @LongRange(max = 50_000_000) long budgetBps) {
        Protection protection =
                new ProtectionPolicy(true).update(loss, burst, rttNanos, mediaBps, budgetBps, 0);
        assertThat(protection.overhead() * mediaBps).isLessThanOrEqualTo(budgetBps + 1e-6);
    }
}
