package dev.sluice.load.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.load.client.ClientFailure;
import dev.sluice.load.client.FailureReason;
import dev.sluice.load.report.JoinFigures;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class JoinLedgerTest {

    private static final long MILLI = 1_000_000L;

    private final JoinLedger ledger = new JoinLedger();

    @Test
    void tellsHowLongJoinsTookAndHowManyThereWereInASecond() {
        for (long i = 0; i < 10; i++) {
            ledger.onAsked(i * 100 * MILLI);
            ledger.onJoined(i * 100 * MILLI, (i * 100 + 100) * MILLI);
        }
        JoinFigures figures = ledger.figures();

        assertThat(figures.asked()).isEqualTo(10);
        assertThat(figures.failed()).isZero();
        assertThat(figures.perSecond()).isEqualTo(10);
        assertThat((double) figures.join().p50Nanos())
                .isCloseTo(100 * MILLI, Percentage.withPercentage(1));
    }

    @Test
    void countsFailuresByReasonAndTellsEachDetailOnce() {
        for (int i = 0; i < 3; i++) {
            ledger.onAsked(0);
            ledger.onFailed(new ClientFailure(FailureReason.HTTP_REFUSED, "answered 404"));
        }
        JoinFigures figures = ledger.figures();

        assertThat(figures.failed()).isEqualTo(3);
        assertThat(figures.failures()).containsEntry("http_refused", 3);
        assertThat(figures.details()).containsExactly("http_refused: answered 404");
        assertThat(figures.perSecond()).isZero();
    }

    @Test
    void keepsThoseApartThatWereLostAfterTheyHadJoined() {
        ledger.onAsked(0);
        ledger.onJoined(0, MILLI);
        ledger.onLost(new ClientFailure(FailureReason.ENDED_BY_SERVER, "close_notify"));

        JoinFigures figures = ledger.figures();
        assertThat(figures.failed()).isZero();
        assertThat(figures.lost()).isEqualTo(1);
        assertThat(figures.failures()).containsEntry("ended_by_server", 1);
    }

    @Test
    void countsNobodyThatWasCalledOff() {
        ledger.onAsked(0);
        ledger.onCalledOff();

        assertThat(ledger.figures().asked()).isZero();
        assertThat(ledger.figures().failed()).isZero();
    }

    @Test
    void tellsWhyTheFirstSessionWasNotEnded() {
        ledger.onNotEnded(new ClientFailure(FailureReason.HTTP_REFUSED, "answered 404"));
        ledger.onNotEnded(new ClientFailure(FailureReason.HTTP_ERROR, "does not answer"));

        assertThat(ledger.figures().notEnded()).isEqualTo(2);
        assertThat(ledger.figures().whyNotEnded()).isEqualTo("answered 404");
    }
}
