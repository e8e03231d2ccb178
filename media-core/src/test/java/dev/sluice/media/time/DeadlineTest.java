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

    @Test
    void theEarlierOfTwoIsFoundEvenWhereTimeWraps() {
        assertThat(Deadline.earlier(10, 11)).isEqualTo(10);
        assertThat(Deadline.earlier(11, 10)).isEqualTo(10);
        assertThat(Deadline.earlier(Long.MAX_VALUE - 1, Long.MIN_VALUE + 1))
                .isEqualTo(Long.MAX_VALUE - 1);
        assertThat(Deadline.earlier(Deadline.NEVER, -10)).isEqualTo(-10);
        assertThat(Deadline.earlier(-10, Deadline.NEVER)).isEqualTo(-10);
        assertThat(Deadline.earlier(Deadline.NEVER, Deadline.NEVER)).isEqualTo(Deadline.NEVER);
    }
}
