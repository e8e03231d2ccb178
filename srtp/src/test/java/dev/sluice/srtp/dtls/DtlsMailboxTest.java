package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.time.Deadline;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** The endpoint's thread has been told and has not run yet, as on a machine with much to do. */
class DtlsMailboxTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long WAIT_NANOS = 100;
    private static final long TIMEOUT_NANOS = 5_000_000_000L;

    private final DtlsMailbox mailbox = new DtlsMailbox(TIMEOUT_NANOS, 0);

    /** It wakes for as short as it can and waits for the same deadline again. */
    private final Thread waiting = Thread.ofVirtual().unstarted(this::waitAgainAndAgain);

    private void waitAgainAndAgain() {
        while (mailbox.interruption() == null) {
            mailbox.take(WAIT_NANOS);
        }
        mailbox.end();
    }

    @BeforeEach
    void parks() {
        mailbox.startHandshakeTimeout(0);
        waiting.start();
        assertThat(mailbox.awaitSettled(LIMIT)).isTrue();
    }

    @AfterEach
    void leaves() {
        mailbox.interrupt(DtlsFailure.CLOSED);
        assertThat(mailbox.awaitSettled(LIMIT)).isTrue();
    }

    @Test
    void aThreadThatIsDueAndHasNotWokenLeavesNoDeadlineInThePast() {
        assertThat(mailbox.nextDeadlineNanos()).isEqualTo(WAIT_NANOS);
        mailbox.advance(WAIT_NANOS);
        assertThat(mailbox.nextDeadlineNanos()).isGreaterThan(WAIT_NANOS);
    }

    @Test
    void aHandshakeThatIsTooLongLeavesNoDeadlineInThePast() {
        mailbox.advance(TIMEOUT_NANOS);
        assertThat(mailbox.interruption()).isEqualTo(DtlsFailure.TIMED_OUT);
        assertThat(mailbox.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }
}
