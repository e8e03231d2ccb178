package dev.sluice.load.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceivedTotalsTest {

    private static ReceivedTotals totals(
            long expected, long received, long recovered, long pending) {
        return new ReceivedTotals(
                0, 0, expected, received, recovered, pending, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void whatIsPendingIsThatOfTheEnd() {
        ReceivedTotals since = totals(200, 190, 4, 2).minus(totals(100, 90, 0, 10));

        assertThat(since.pending()).isEqualTo(2);
    }

    @Test
    void whatWasPendingAndNeverCameIsLost() {
        ReceivedTotals since = totals(200, 190, 4, 2).minus(totals(100, 90, 0, 10));

        assertThat(since.lost()).isEqualTo(4);
        assertThat(since.plus(since).lost()).isEqualTo(8);
    }
}
