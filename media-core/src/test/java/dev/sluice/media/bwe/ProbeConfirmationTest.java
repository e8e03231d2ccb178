package dev.sluice.media.bwe;

import static dev.sluice.media.bwe.ProbeBitrateEstimator.UNKNOWN;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeConfirmationTest {

    private static final long MILLI = 1_000_000L;
    private static final long START = -7 * MILLI;
    private static final long LATER = START + ProbeConfirmation.START_NANOS;

    private final ProbeConfirmation confirmation = new ProbeConfirmation(START);

    @Test
    void believesWhatIsNotMuchMoreThanTheEstimate() {
        assertThat(confirmation.onMeasured(1, 1_500_000, 1_000_000, LATER)).isEqualTo(1_500_000);
        assertThat(confirmation.onMeasured(1, 300_000, 1_000_000, LATER)).isEqualTo(300_000);
        assertThat(confirmation.onMeasured(1, UNKNOWN, 1_000_000, LATER)).isEqualTo(UNKNOWN);
        assertThat(confirmation.isWanted(LATER)).isFalse();
    }

    @Test
    void believesAnythingAtTheStart() {
        assertThat(confirmation.onMeasured(1, 6_000_000, 1_000_000, LATER - 1))
                .isEqualTo(6_000_000);
        assertThat(confirmation.isWanted(LATER - 1)).isFalse();
    }

    @Test
    void believesALeapOnceAnotherProbeAgreesAndNoMoreThanBothMeasured() {
        assertThat(confirmation.onMeasured(1, 2_000_000, 1_000_000, LATER)).isEqualTo(UNKNOWN);
        assertThat(confirmation.isWanted(LATER)).isTrue();
        long answerNanos = LATER + 100 * MILLI;
        assertThat(confirmation.onMeasured(2, 1_800_000, 1_000_000, answerNanos))
                .isEqualTo(1_800_000);
        assertThat(confirmation.isWanted(answerNanos)).isFalse();
    }

    @Test
    void aProbeCannotConfirmItself() {
        confirmation.onMeasured(1, 2_000_000, 1_000_000, LATER);
        long restNanos = LATER + 50 * MILLI;
        assertThat(confirmation.onMeasured(1, 1_900_000, 1_000_000, restNanos)).isEqualTo(UNKNOWN);
        assertThat(confirmation.isWanted(restNanos)).isFalse();
        assertThat(confirmation.onMeasured(2, 2_100_000, 1_000_000, restNanos + MILLI))
                .isEqualTo(1_900_000);
    }

    @Test
    void whatASecondProbeContradictsIsNotTaken() {
        confirmation.onMeasured(1, 2_000_000, 1_000_000, LATER);
        assertThat(confirmation.onMeasured(2, 800_000, 1_000_000, LATER + 100 * MILLI))
                .isEqualTo(800_000);
    }

    @Test
    void anAnswerThatIsLateBeginsAnew() {
        confirmation.onMeasured(1, 2_000_000, 1_000_000, LATER);
        long lateNanos = LATER + 1_000 * MILLI;
        assertThat(confirmation.onMeasured(2, 2_000_000, 1_000_000, lateNanos)).isEqualTo(UNKNOWN);
        assertThat(confirmation.isWanted(lateNanos)).isTrue();
    }
}
