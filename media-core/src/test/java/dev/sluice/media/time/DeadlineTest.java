package dev.sluice.media.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlineTest {

    @Test
    void neverIsNeverDue() {
        assertThat(Deadline.isDue(Deadline.NEVER, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void isDueAtItsInstantAndAfter() {
        assertThat(Deadline.isDue(10, 9)).isFalse();
        assertThat(Deadline.isDue(10, 10)).isTrue();
        assertThat(Deadline.isDue(10, 11)).isTrue();
    }
}
