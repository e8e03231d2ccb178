package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandingQueueTest {

    private static final long MILLI = 1_000_000L;

    private final StandingQueue queue = new StandingQueue();
    private long now = 4_000 * MILLI;

    @Test
    void measuresTheLeastWaitOfTheLastMoments() {
        run(1_000, 50);
        assertThat(queue.queueNanos()).isZero();
        run(200, 85);
        assertThat(queue.queueNanos()).isEqualTo(35 * MILLI);
        queue.onPacket(now, now + 500 * MILLI);
        assertThat(queue.queueNanos()).isEqualTo(35 * MILLI);
        assertThat(queue.isCongested()).isFalse();
    }

    @Test
    void aQueueThatStandsIsCongestionUntilItIsEmpty() {
        run(1_000, 50);
        run(200, 115);
        assertThat(queue.isCongested()).isTrue();
        run(200, 80);
        assertThat(queue.isCongested()).isTrue();
        run(200, 60);
        assertThat(queue.isCongested()).isFalse();
    }

    @Test
    void asksForFewDecreasesWhenTheQueueIsSomebodyElses() {
        run(1_000, 50);
        run(200, 150);
        for (int i = 0; i < 3; i++) {
            assertThat(queue.wantsDecrease()).isTrue();
            queue.onDecrease(false, now);
        }
        assertThat(queue.wantsDecrease()).isFalse();
    }

    @Test
    void asksForMoreWhileTheQueueIsItsOwn() {
        run(1_000, 50);
        run(200, 150);
        for (int i = 0; i < 10; i++) {
            queue.onDecrease(true, now);
            run(500, 150);
            assertThat(queue.wantsDecrease()).isTrue();
        }
    }

    @Test
    void leavesAQueueAloneThatDoesNotShrink() {
        run(1_000, 50);
        run(3_500, 150);
        assertThat(queue.isCongested()).isFalse();
        run(14_000, 150);
        assertThat(queue.isCongested()).isFalse();
        run(2_000, 150);
        assertThat(queue.isCongested()).isTrue();
        run(3_500, 150); // fails again; now for 30 s
        run(25_000, 150);
        assertThat(queue.isCongested()).isFalse();
    }

    @Test
    void aLongerPathIsNotAQueueForEver() {
        run(1_000, 50);
        run(70_000, 250);
        assertThat(queue.queueNanos()).isZero();
    }

    @Test
    void aWindowsMinimumIsForgottenAfterTheNextWindow() {
        var minimum = new WindowedMinimum(10);
        minimum.add(1, 0);
        minimum.add(5, 10);
        minimum.add(6, 19);
        assertThat(minimum.minimum()).isEqualTo(1);
        minimum.add(8, 20);
        assertThat(minimum.minimum()).isEqualTo(5);
        minimum.clear();
        minimum.add(9, 21);
        assertThat(minimum.minimum()).isEqualTo(9);
    }

    @Test
    void theRecentMinimumIsOfFiveValuesOrTwentyFiveMillis() {
        var recent = new RecentMinimum();
        recent.add(1, 0);
        for (int i = 1; i <= 4; i++) {
            recent.add(9, i * (20 * MILLI));
        }
        assertThat(recent.minimum()).isEqualTo(1);
        recent.add(9, 100 * MILLI);
        assertThat(recent.minimum()).isEqualTo(9);
        recent.add(2, 101 * MILLI);
        for (int i = 2; i < 20; i++) {
            recent.add(9, (100 + i) * MILLI);
        }
        assertThat(recent.minimum()).isEqualTo(2);
    }

    private void run(int millis, long delayMillis) {
        for (int i = 0; i < millis; i += 10) {
            now += 10 * MILLI;
            queue.onPacket(now, now + delayMillis * MILLI);
            queue.onFeedback(now);
        }
    }
}
