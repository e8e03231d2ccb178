package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.TransportFeedback;
import dev.sluice.media.time.Deadline;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ArrivalLogTest {

    private static final long MILLI = 1_000_000L;
    private static final long SSRC = 77;

    /**
     * On the 64 ms grid of the reference time, and negative as the clock of a real machine may be.
     */
    private static final long START = -64 * 1_000 * MILLI;

    private final ArrivalLog log = new ArrivalLog(5, 100 * MILLI);

    @Test
    void waitsForNothingUntilAPacketArrives() {
        assertThat(log.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        log.onPacket(1, SSRC, START);
        assertThat(log.nextDeadlineNanos()).isEqualTo(START + 100 * MILLI);
        assertThat(report(START + 99 * MILLI)).isEmpty();
        assertThat(report(START + 100 * MILLI)).hasSize(1);
        assertThat(log.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(report(START + 500 * MILLI)).isEmpty();
    }

    @Test
    void reportsArrivalsAgainstTheReferenceTime() {
        log.onPacket(9, SSRC, START + 10 * MILLI);
        log.onPacket(10, SSRC, START + 10 * MILLI + 249_000);
        log.onPacket(11, SSRC + 1, START + 80 * MILLI);
        var feedback = report(START + 110 * MILLI).getFirst();
        assertThat(feedback.senderSsrc()).isEqualTo(5);
        assertThat(feedback.mediaSsrc()).isEqualTo(SSRC + 1);
        assertThat(feedback.baseSequence()).isEqualTo(9);
        assertThat(feedback.statusCount()).isEqualTo(3);
        assertThat(feedback.referenceTime()).isEqualTo(-1_000);
        assertThat(feedback.feedbackCount()).isZero();
        assertThat(deltas(feedback)).containsExactly(40, 0, 280);
    }

    @Test
    void numbersThatNeverCameAreReportedAsMissingOnce() {
        log.onPacket(65534, SSRC, START);
        log.onPacket(1, SSRC, START);
        assertThat(sequences(report(START + 100 * MILLI))).containsExactly(65534, 1);
        log.onPacket(3, SSRC, START + 200 * MILLI);
        var second = report(START + 300 * MILLI).getFirst();
        assertThat(second.baseSequence()).isEqualTo(2);
        assertThat(second.statusCount()).isEqualTo(2);
        assertThat(second.feedbackCount()).isEqualTo(1);
        assertThat(sequences(List.of(second))).containsExactly(3);
    }

    @Test
    void aLatePacketMakesTheReportStartAgainAtIt() {
        log.onPacket(1, SSRC, START);
        log.onPacket(3, SSRC, START + MILLI);
        report(START + 100 * MILLI);
        log.onPacket(2, SSRC, START + 150 * MILLI);
        assertThat(log.nextDeadlineNanos()).isEqualTo(START + 250 * MILLI);
        var again = report(START + 250 * MILLI).getFirst();
        assertThat(again.baseSequence()).isEqualTo(2);
        assertThat(sequences(List.of(again))).containsExactly(2, 3);
        assertThat(deltas(again)).containsExactly((150 - 128) * 4, -149 * 4);
    }

    @Test
    void aPacketOlderThanTheFirstIsReportedToo() {
        log.onPacket(10, SSRC, START);
        log.onPacket(7, SSRC, START + MILLI);
        assertThat(sequences(report(START + 100 * MILLI))).containsExactly(7, 10);
    }

    @Test
    void theFirstOfTwoArrivalsCounts() {
        log.onPacket(1, SSRC, START);
        log.onPacket(1, SSRC, START + 50 * MILLI);
        assertThat(deltas(report(START + 100 * MILLI).getFirst())).containsExactly(0);
        log.onPacket(1, SSRC, START + 150 * MILLI);
        assertThat(log.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void manyArrivalsDoNotWait() {
        for (int i = 0; i < ArrivalLog.URGENT_ARRIVALS; i++) {
            assertThat(log.nextDeadlineNanos()).isNotEqualTo(START + 3 * MILLI);
            log.onPacket(i, SSRC, START + 3 * MILLI);
        }
        assertThat(log.nextDeadlineNanos()).isEqualTo(START + 3 * MILLI);
        assertThat(sequences(report(START + 3 * MILLI))).hasSize(ArrivalLog.URGENT_ARRIVALS);
    }

    @Test
    void aDeltaThatDoesNotFitBeginsAFeedbackOfItsOwn() {
        log.onPacket(1, SSRC, START);
        log.onPacket(4, SSRC, START + 9_000 * MILLI);
        var feedbacks = report(START + 9_000 * MILLI);
        assertThat(feedbacks).hasSize(2);
        assertThat(feedbacks.get(0).statusCount()).isEqualTo(1);
        assertThat(feedbacks.get(1).baseSequence()).isEqualTo(2);
        assertThat(feedbacks.get(1).statusCount()).isEqualTo(3);
        assertThat(feedbacks).extracting(TransportFeedback::feedbackCount).containsExactly(0, 1);
    }

    @Test
    void aLeapBeyondTheCapacityForgetsWhatIsTooOld() {
        log.onPacket(1, SSRC, START);
        log.onPacket(20_001, SSRC, START + MILLI);
        log.onPacket(20_001 - ArrivalLog.CAPACITY, SSRC, START + MILLI);
        var feedbacks = report(START + 100 * MILLI);
        assertThat(sequences(feedbacks)).containsExactly(20_001);
        assertThat(feedbacks.getFirst().statusCount()).isEqualTo(ArrivalLog.CAPACITY);
    }

    @Test
    void aWorstCaseBurstIsSplitIntoDatagrams() {
        var feedbacks = new ArrayList<TransportFeedback>();
        for (int i = 0; i < ArrivalLog.CAPACITY; i += 2) {
            log.onPacket(i, SSRC, START + (i % 4 == 0 ? 0 : 5_000 * MILLI));
        }
        log.onDeadline(START + 10_000 * MILLI, feedbacks::add);
        assertThat(sequences(feedbacks)).hasSize(ArrivalLog.CAPACITY / 2);
        assertThat(feedbacks).hasSizeGreaterThan(1).allMatch(one -> one.sizeBytes() <= 1200);
        int next = 0;
        for (TransportFeedback feedback : feedbacks) {
            assertThat(feedback.baseSequence()).isEqualTo(next);
            next += feedback.statusCount();
        }
    }

    private List<TransportFeedback> report(long nowNanos) {
        var feedbacks = new ArrayList<TransportFeedback>();
        log.onDeadline(nowNanos, feedbacks::add);
        return feedbacks;
    }

    private static List<Integer> deltas(TransportFeedback feedback) {
        var deltas = new ArrayList<Integer>();
        for (int i = 0; i < feedback.arrivals().size(); i++) {
            deltas.add(feedback.arrivals().deltaTicks(i));
        }
        return deltas;
    }

    private static List<Integer> sequences(List<TransportFeedback> feedbacks) {
        var sequences = new ArrayList<Integer>();
        for (TransportFeedback feedback : feedbacks) {
            for (int i = 0; i < feedback.arrivals().size(); i++) {
                sequences.add(feedback.sequence(i));
            }
        }
        return sequences;
    }
}
