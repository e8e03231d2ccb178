package dev.sluice.media.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.VirtualTime;
import dev.sluice.media.time.Deadline;

import org.junit.jupiter.api.Test;

class NackRequesterTest {

    private static final long FIRST = SourceSequence.FIRST_CYCLE;
    private static final long MILLI = 1_000_000;

    private final ReceiveCounters counters = new ReceiveCounters();
    private final NackRequester nack = new NackRequester(7, counters);
    private final RecordedRequests requests = new RecordedRequests();
    private final VirtualTime time = new VirtualTime(-5_000_000_000L);

    @Test
    void isIdleWhileNothingIsMissing() {
        receive(0, 1, 2, 3);

        assertThat(nack.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void asksForAGapThatDoesNotCloseByItself() {
        receive(0, 3, 5);
        deadline();
        assertThat(requests.take()).isEmpty();

        time.advanceTo(nack.nextDeadlineNanos());
        deadline();
        assertThat(requests.take()).containsExactly(1, 2, 4);
        assertThat(requests.runs).isEqualTo(2);
        assertThat(counters.requested().value()).isEqualTo(3);
    }

    @Test
    void doesNotAskForPacketsThatWereOnlyOvertaken() {
        receive(0, 2, 1);

        assertThat(nack.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        runMillis(1000);
        assertThat(requests.take()).isEmpty();
    }

    @Test
    void asksAtOnceForAPacketThatManyHaveOvertaken() {
        receive(0);
        for (int i = 2; i < 2 + NackRequester.REORDER_PACKETS; i++) {
            receive(i);
        }
        deadline();

        assertThat(requests.take()).containsExactly(1);
    }

    @Test
    void runsCrossTheRollover() {
        receive(65_533, 65_538);
        runMillis(10);

        assertThat(requests.take()).containsExactly(65_534, 65_535, 0, 1);
        assertThat(requests.runs).isEqualTo(1);
    }

    @Test
    void asksAgainAfterARoundTripAndAQuarter() {
        nack.onRtt(40 * MILLI, 0);
        receive(0, 2);
        runMillis(10);
        assertThat(requests.take()).hasSize(1);

        runMillis(49);
        assertThat(requests.take()).isEmpty();
        runMillis(1);
        assertThat(requests.take()).containsExactly(1);
    }

    @Test
    void asksEachTenthOfASecondWhileTheRoundTripIsUnknown() {
        receive(0, 2);
        runMillis(10 + 500);

        assertThat(requests.take()).hasSize(6);
    }

    @Test
    void aVeryShortRoundTripDoesNotFloodThePublisher() {
        nack.onRtt(100_000, 0);
        receive(0, 2);
        runMillis(10 + 100);

        assertThat(requests.take()).hasSize(6);
    }

    @Test
    void givesUpAfterTenRequestsAndAsksForAKeyFrame() {
        nack.onRtt(MILLI, 0);
        receive(0, 2);
        runMillis(10_000);

        assertThat(requests.take()).hasSize(NackRequester.MAX_REQUESTS);
        assertThat(requests.keyFrames).isEqualTo(1);
        assertThat(counters.givenUp().value()).isEqualTo(1);
        assertThat(nack.missingPackets()).isZero();
        assertThat(nack.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void asksForAKeyFrameInsteadOfTooManyPackets() {
        receive(0, NackRequester.MAX_MISSING + 2);
        assertThat(Deadline.isDue(nack.nextDeadlineNanos(), time.nowNanos())).isTrue();
        runMillis(1000);

        assertThat(requests.take()).isEmpty();
        assertThat(requests.keyFrames).isEqualTo(1);
        assertThat(counters.givenUp().value()).isEqualTo(NackRequester.MAX_MISSING + 1);
    }

    @Test
    void asksForAllPacketsThatFit() {
        receive(0, NackRequester.MAX_MISSING + 1);
        runMillis(10);

        assertThat(requests.take()).hasSize(NackRequester.MAX_MISSING);
    }

    @Test
    void saysWhetherALatePacketHadBeenAskedFor() {
        receive(0, 2);
        assertThat(nack.onPacket(FIRST + 1, false, time.nowNanos())).isFalse();

        receive(4);
        runMillis(10);
        assertThat(nack.onPacket(FIRST + 3, true, time.nowNanos())).isTrue();
        assertThat(nack.onPacket(FIRST + 3, true, time.nowNanos())).isFalse();
    }

    @Test
    void learnsTheRoundTripFromAPacketThatWasAskedForOnce() {
        receive(0, 2);
        runMillis(10);
        runMillis(40);
        nack.onPacket(FIRST + 1, true, time.nowNanos());

        receive(4);
        runMillis(10);
        requests.take();
        runMillis(49);
        assertThat(requests.take()).isEmpty();
        runMillis(1);
        assertThat(requests.take()).containsExactly(3);
    }

    @Test
    void forgetsWhatWasLostBeforeAKeyFrame() {
        receive(0, 2, 5);
        nack.onKeyFrame(FIRST + 5);
        assertThat(nack.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);

        receive(8, 10);
        nack.onKeyFrame(FIRST + 8);
        runMillis(10);
        assertThat(requests.take()).containsExactly(9);
    }

    @Test
    void aKeyFrameTakesTheRequestForOneBack() {
        receive(0, 2000);
        nack.onKeyFrame(FIRST + 2000);
        runMillis(100);

        assertThat(requests.keyFrames).isZero();
    }

    @Test
    void aRestartForgetsTheOldPacketsAndAsksForAKeyFrame() {
        receive(0, 2);
        nack.onRestart(FIRST + 40_000, time.nowNanos());
        receive(40_000, 40_002);
        runMillis(10);

        assertThat(requests.take()).containsExactly(40_001);
        assertThat(requests.keyFrames).isEqualTo(1);
    }

    private void receive(int... offsets) {
        for (int offset : offsets) {
            nack.onPacket(FIRST + offset, false, time.nowNanos());
        }
    }

    private void deadline() {
        nack.onDeadline(time.nowNanos(), requests);
    }

    private void runMillis(long millis) {
        long end = time.nowNanos() + millis * MILLI;
        while (Deadline.isDue(nack.nextDeadlineNanos(), end)) {
            time.advanceTo(nack.nextDeadlineNanos());
            deadline();
        }
        time.advanceTo(end);
    }
}
