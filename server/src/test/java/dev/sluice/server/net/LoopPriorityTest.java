package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopPriorityTest {

    private static final long PERIOD_NANOS = 100_000_000;

    /** What a system lets do. */
    private static final class Allowance implements LoopPriority.Scheduling {

        private final boolean allows;
        private int asked;
        private boolean isRealTime;

        Allowance(boolean allows) {
            this.allows = allows;
        }

        @Override
        public boolean begin() {
            asked++;
            isRealTime = allows;
            return allows;
        }

        @Override
        public void end() {
            isRealTime = false;
        }
    }

    private final Allowance allowance = new Allowance(true);
    private long nowNanos;
    private long processorNanos;

    private LoopPriority of(boolean isWanted, Allowance allowed) {
        return of(isWanted, 1, allowed);
    }

    private LoopPriority of(boolean isWanted, double most, Allowance allowed) {
        return new LoopPriority(isWanted, most, allowed, () -> nowNanos, () -> processorNanos);
    }

    /** So many looks at a loop that has had this percentage of a processor between them. */
    private void looks(LoopPriority priority, int looks, int percent) {
        for (int i = 0; i < looks; i++) {
            nowNanos += PERIOD_NANOS;
            processorNanos += PERIOD_NANOS * percent / 100;
            priority.look();
        }
    }

    @Test
    void aLoopThatWasCalmForHalfASecondRunsInRealTime() {
        LoopPriority priority = of(true, allowance);
        looks(priority, 4, 60);
        assertThat(priority.isRealTime()).isFalse();

        looks(priority, 1, 60);

        assertThat(priority.isRealTime()).isTrue();
        assertThat(allowance.isRealTime).isTrue();
    }

    @Test
    void oneThatIsBusyDoesNoLongerAtOnce() {
        LoopPriority priority = of(true, allowance);
        looks(priority, 5, 10);

        looks(priority, 1, 80);

        assertThat(priority.isRealTime()).isFalse();
        assertThat(allowance.isRealTime).isFalse();
    }

    @Test
    void oneOfTwoThatShareAProcessorIsBusyWithHalfOfThat() {
        LoopPriority priority = of(true, 0.5, allowance);
        looks(priority, 5, 30);
        assertThat(priority.isRealTime()).isTrue();

        looks(priority, 1, 40);

        assertThat(priority.isRealTime()).isFalse();
    }

    @Test
    void oneThatIsNeitherStaysAsItIs() {
        LoopPriority priority = of(true, allowance);
        looks(priority, 20, 70);
        assertThat(priority.isRealTime()).isFalse();
        looks(priority, 5, 50);

        looks(priority, 20, 70);

        assertThat(priority.isRealTime()).isTrue();
    }

    @Test
    void oneThatIsBusyNowAndThenIsNotCalm() {
        LoopPriority priority = of(true, allowance);
        for (int i = 0; i < 10; i++) {
            looks(priority, 4, 30);
            looks(priority, 1, 90);
        }

        assertThat(allowance.asked).isZero();
    }

    @Test
    void oneThatWasBusyMayBeCalmAgain() {
        LoopPriority priority = of(true, allowance);
        looks(priority, 5, 10);
        looks(priority, 10, 100);

        looks(priority, 5, 10);

        assertThat(priority.isRealTime()).isTrue();
    }

    @Test
    void aSystemThatDoesNotLetItIsAskedOnce() {
        var refusal = new Allowance(false);
        LoopPriority priority = of(true, refusal);

        looks(priority, 100, 10);

        assertThat(priority.isRealTime()).isFalse();
        assertThat(refusal.asked).isEqualTo(1);
    }

    @Test
    void nobodyIsAskedWhereItIsNotWanted() {
        LoopPriority priority = of(false, allowance);

        looks(priority, 100, 10);

        assertThat(priority.isRealTime()).isFalse();
        assertThat(allowance.asked).isZero();
    }
}
