package dev.sluice.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyFrameScheduleTest {

    private static final long SECOND = 1_000_000_000L;

    private final KeyFrameSchedule schedule = new KeyFrameSchedule(10 * SECOND);

    @Test
    void beginsWithAKeyFrameAndRepeatsItEachPeriod() {
        assertThat(schedule.takes(5 * SECOND)).isTrue();
        assertThat(schedule.takes(14 * SECOND)).isFalse();
        assertThat(schedule.takes(15 * SECOND)).isTrue();
        assertThat(schedule.takes(16 * SECOND)).isFalse();
    }

    @Test
    void answersARequestOnceAndBeginsAPeriodThen() {
        schedule.takes(0);
        schedule.onRequest();

        assertThat(schedule.takes(SECOND)).isTrue();
        assertThat(schedule.takes(2 * SECOND)).isFalse();
        assertThat(schedule.takes(10 * SECOND)).isFalse();
        assertThat(schedule.takes(11 * SECOND)).isTrue();
    }

    @Test
    void holdsBackARequestThatComesTooSoon() {
        schedule.takes(0);
        schedule.onRequest();

        assertThat(schedule.takes(KeyFrameSchedule.MIN_INTERVAL_NANOS - 1)).isFalse();
        assertThat(schedule.takes(KeyFrameSchedule.MIN_INTERVAL_NANOS)).isTrue();
    }
}
