package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.PacketArrivals;
import dev.sluice.media.rtcp.TransportFeedback;

import org.junit.jupiter.api.Test;

class TransportFeedbackAdapterTest {

    private static final long MILLI = 1_000_000L;
    private static final long START = 5_000 * MILLI;

    private final SentPacketHistory history = new SentPacketHistory();
    private final TransportFeedbackAdapter adapter = new TransportFeedbackAdapter();
    private final PacketResults results = new PacketResults();

    @Test
    void tellsArrivalsAndLosses() {
        send(65_534, 65_535, 0, 1);
        read(feedback(65_534, 4, 100, arrival(0, 40), arrival(3, 8)), START);
        assertThat(results.size()).isEqualTo(4);
        assertThat(results.isReceived(0)).isTrue();
        assertThat(results.sizeBytes(0)).isEqualTo(1_000);
        assertThat(results.isReceived(1)).isFalse();
        assertThat(results.isReceived(2)).isFalse();
        assertThat(results.isReceived(3)).isTrue();
        assertThat(results.sizeBytes(3)).isEqualTo(1_003);
        assertThat(results.arrivalNanos(3) - results.arrivalNanos(0)).isEqualTo(2 * MILLI);
        assertThat(results.timedCount()).isEqualTo(2);
    }

    @Test
    void theReferenceTimeWraps() {
        send(1, 2);
        read(feedback(1, 1, (1 << 23) - 1, arrival(0, 0)), START);
        long first = results.arrivalNanos(0);
        read(feedback(2, 1, -(1 << 23), arrival(0, 4)), START + 65 * MILLI);
        assertThat(results.arrivalNanos(0) - first).isEqualTo(65 * MILLI);
        assertThat(results.hasClockRestarted()).isFalse();
    }

    @Test
    void aLeapOfTheClockBeginsANewTime() {
        send(1, 2);
        read(feedback(1, 1, 10, arrival(0, 0)), START);
        read(feedback(2, 1, 5_000_000, arrival(0, 0)), START + 100 * MILLI);
        assertThat(results.hasClockRestarted()).isTrue();
        assertThat(results.arrivalNanos(0)).isEqualTo(START + 100 * MILLI);
    }

    @Test
    void eachPacketCountsOnceButOneReportedAsLostMayStillCome() {
        send(1, 2, 3);
        read(feedback(1, 3, 0, arrival(0, 0), arrival(2, 4)), START);
        read(feedback(1, 3, 0, arrival(0, 0), arrival(2, 4)), START + MILLI);
        assertThat(results.size()).isZero();
        read(feedback(2, 2, 0, arrival(0, 30), arrival(1, -26)), START + 2 * MILLI);
        assertThat(results.size()).isEqualTo(1);
        assertThat(results.isReceived(0)).isTrue();
        assertThat(results.isCorrection(0)).isTrue();
    }

    @Test
    void numbersThatWereNeverSentAreNothing() {
        read(feedback(7, 3, 0, arrival(1, 0)), START);
        assertThat(results.size()).isZero();
        send(1, 2);
        read(feedback(3, 60_000, 0, arrival(100, 0), arrival(59_999, 9)), START);
        assertThat(results.size()).isZero();
        read(feedback(40_000, 20_000, 0, arrival(0, 0)), START);
        assertThat(results.size()).isZero();
    }

    @Test
    void feedbackThatOvertookOtherIsComparable() {
        send(1, 2);
        read(feedback(2, 1, 100, arrival(0, 0)), START);
        long later = results.arrivalNanos(0);
        read(feedback(1, 1, 99, arrival(0, 0)), START + MILLI);
        assertThat(later - results.arrivalNanos(0)).isEqualTo(64 * MILLI);
        assertThat(results.hasClockRestarted()).isFalse();
    }

    @Test
    void arrivalsAreSortedByTime() {
        send(1, 2, 3);
        read(feedback(1, 3, 0, arrival(0, 50), arrival(1, -40), arrival(2, 20)), START);
        assertThat(results.byArrival(0)).isEqualTo(1);
        assertThat(results.byArrival(1)).isEqualTo(2);
        assertThat(results.byArrival(2)).isEqualTo(0);
    }

    private record Received(int offset, int deltaTicks) {}

    private static Received arrival(int offset, int deltaTicks) {
        return new Received(offset, deltaTicks);
    }

    private void send(int... numbers) {
        for (int i = 0; i < numbers.length; i++) {
            history.add(numbers[i], 1, numbers[i], 1_000 + i, 0, START - 50 * MILLI + i * MILLI);
        }
    }

    private void read(TransportFeedback feedback, long nowNanos) {
        results.clear();
        adapter.read(feedback, history, results, nowNanos);
        results.sortByArrival();
    }

    private static TransportFeedback feedback(
            int base, int count, int reference, Received... received) {
        var arrivals = new PacketArrivals.Builder();
        for (Received one : received) {
            arrivals.add(one.offset, one.deltaTicks);
        }
        return new TransportFeedback(1, 2, base, count, reference, 0, arrivals.build());
    }
}
