package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.time.Deadline;

import org.junit.jupiter.api.Test;

class FeedbackWatchTest {

    private static final long MILLI = 1_000_000L;

    private final FeedbackWatch watch = new FeedbackWatch();
    private long now = -77_000 * MILLI;

    @Test
    void opensAfterThreeIntervalsOfSendingIntoSilence() {
        assertThat(watch.deadlineNanos()).isEqualTo(Deadline.NEVER);
        send(2_990);
        assertThat(watch.onDeadline(now)).isFalse();
        send(30);
        assertThat(watch.onDeadline(now)).isTrue();
        assertThat(watch.isLost()).isTrue();
        send(5_000);
        assertThat(watch.onDeadline(now)).isFalse(); // opens once
    }

    @Test
    void feedbackClosesIt() {
        send(4_000);
        watch.onDeadline(now);
        assertThat(watch.onFeedback(now)).isTrue();
        assertThat(watch.isLost()).isFalse();
        assertThat(watch.onFeedback(now)).isFalse();
    }

    @Test
    void feedbackThatComesKeepsItClosed() {
        for (int i = 0; i < 20; i++) {
            send(900);
            assertThat(watch.onDeadline(now)).isFalse();
            watch.onFeedback(now);
        }
    }

    @Test
    void silenceWhileNothingIsSentIsNothing() {
        send(100);
        assertThat(watch.onDeadline(now + 60_000 * MILLI)).isFalse();
        now += 60_000 * MILLI;
        send(2_000);
        assertThat(watch.onDeadline(now)).isFalse();
        send(1_100);
        assertThat(watch.onDeadline(now)).isTrue();
    }

    @Test
    void learnsTheIntervalOfARarelyReportingPeer() {
        for (int i = 0; i < 60; i++) {
            send(5_000);
            watch.onFeedback(now);
        }
        send(14_000);
        assertThat(watch.onDeadline(now)).isFalse();
        send(1_100);
        assertThat(watch.onDeadline(now)).isTrue();
    }

    private void send(int millis) {
        for (int i = 0; i < millis; i += 10) {
            watch.onSent(now += 10 * MILLI);
        }
    }
}
