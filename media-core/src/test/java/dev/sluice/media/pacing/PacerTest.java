package dev.sluice.media.pacing;

import static dev.sluice.media.pacing.PacedPackets.MILLI;
import static dev.sluice.media.pacing.PacedPackets.START;
import static dev.sluice.media.pacing.PacketPriority.AUDIO;
import static dev.sluice.media.pacing.PacketPriority.PADDING;
import static dev.sluice.media.pacing.PacketPriority.RETRANSMISSION;
import static dev.sluice.media.pacing.PacketPriority.VIDEO;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.bwe.Probe;
import dev.sluice.media.pacing.PacedPackets.Packet;
import dev.sluice.media.pacing.PacedPackets.Padding;
import dev.sluice.media.pacing.PacedPackets.Release;
import dev.sluice.media.time.Deadline;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class PacerTest {

    /** Packet by packet. */
    private static final PacerSettings SINGLE = new PacerSettings(true, 250 * MILLI, 0, 10);

    private PacedPackets sent = new PacedPackets(SINGLE);

    @Test
    void spacesPacketsByTheirSizeAtTheRate() {
        rates(800_000, 0); // 1000 bytes each 10 ms
        enqueueVideo(4, 1000);
        sent.runMillis(100);
        assertThat(sent.released)
                .extracting(Release::atNanos)
                .containsExactly(START, START + 10 * MILLI, START + 20 * MILLI, START + 30 * MILLI);
        assertThat(sent.pacer.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void releasesAtOnceWhenNothingIsOwed() {
        rates(800_000, 0);
        sent.enqueue(1000, VIDEO);
        sent.runMillis(10);
        sent.enqueue(1000, VIDEO);
        assertThat(sent.released).extracting(Release::atNanos).last().isEqualTo(START + 10 * MILLI);
    }

    @Test
    void timeWithoutPacketsIsNotSavedUp() {
        rates(800_000, 0);
        sent.runMillis(1_000);
        enqueueVideo(3, 1000);
        assertThat(sent.released).hasSize(1);
    }

    @Test
    void releasesABurstOfTheGivenTimeAndThenGoesOnByTwoMillisecondsOfIt() {
        sent = new PacedPackets(new PacerSettings(true, 250 * MILLI, 5 * MILLI, 10));
        rates(4_000_000, 0); // a packet each 2 ms
        enqueueVideo(9, 1000);
        assertThat(sent.numbers()).hasSize(3);
        sent.runTo(START + 2 * MILLI);
        assertThat(sent.numbers()).hasSize(3);
        sent.runTo(START + 3 * MILLI);
        assertThat(sent.numbers()).hasSize(4);
    }

    @Test
    void theRestOfALargerFrameFollowsInStepsOfTwoMilliseconds() {
        sent = new PacedPackets(new PacerSettings(true, 250 * MILLI, 20 * MILLI, 10));
        rates(8_000_000, 0); // a packet each ms
        enqueueVideo(25, 1000);
        assertThat(sent.numbers()).hasSize(10);
        sent.runTo(START + 2 * MILLI - 1);
        assertThat(sent.numbers()).hasSize(10);
        sent.runTo(START + 2 * MILLI);
        assertThat(sent.numbers()).hasSize(20);
        sent.runTo(START + 4 * MILLI);
        assertThat(sent.numbers()).hasSize(24);
        sent.runTo(START + 6 * MILLI);
        assertThat(sent.numbers()).hasSize(25);
    }

    @Test
    void aBurstHasNoMorePacketsThanAllowed() {
        sent = new PacedPackets(new PacerSettings(true, 250 * MILLI, 5 * MILLI, 4));
        rates(80_000_000, 0); // a packet each 100 us
        enqueueVideo(12, 1000);
        assertThat(sent.numbers()).hasSize(4);
        sent.runTo(START + 400_000);
        assertThat(sent.numbers()).hasSize(8);
    }

    @Test
    void goesByPriorityAndWithinOneByOrder() {
        rates(800_000, 0);
        sent.enqueue(1000, VIDEO); // 0 goes at once
        sent.enqueue(1000, PADDING);
        sent.enqueue(1000, VIDEO);
        sent.enqueue(1000, VIDEO);
        sent.enqueue(1000, RETRANSMISSION);
        sent.enqueue(1000, RETRANSMISSION);
        sent.runMillis(100);
        assertThat(sent.numbers()).containsExactly(0, 4, 5, 2, 3, 1);
    }

    @Test
    void audioGoesAtOnceAndTheOthersPayForIt() {
        rates(800_000, 0);
        sent.enqueue(1000, VIDEO);
        sent.enqueue(1000, VIDEO);
        sent.enqueue(500, AUDIO);
        assertThat(sent.numbers()).containsExactly(0, 2);
        sent.runMillis(14);
        assertThat(sent.numbers()).containsExactly(0, 2);
        sent.runMillis(1);
        assertThat(sent.numbers()).containsExactly(0, 2, 1);
    }

    @Test
    void aBacklogRaisesTheRateSoThatNothingWaitsLongerThanTheBound() {
        rates(80_000, 0); // ten packets would take a second
        enqueueVideo(10, 1000);
        sent.runMillis(1_000);
        assertThat(sent.released)
                .hasSize(10)
                .allSatisfy(one -> assertThat(waitNanos(one)).isLessThanOrEqualTo(250 * MILLI));
        // Spread over the time, not at its end.
        assertThat(sent.released.get(5).atNanos()).isLessThan(START + 200 * MILLI);
    }

    @Test
    void withoutARatePacketsGoWhenTheirTimeIsOver() {
        rates(0, 0);
        sent.enqueue(1000, VIDEO);
        sent.enqueue(1000, VIDEO);
        assertThat(sent.pacer.oldestWaitNanos(START + MILLI)).isEqualTo(MILLI);
        sent.runMillis(251);
        assertThat(sent.released).hasSize(2);
    }

    @Test
    void aPacketOfLowPriorityIsNotStarved() {
        rates(800_000, 0);
        sent.enqueue(1000, VIDEO);
        sent.enqueue(1000, VIDEO);
        for (int i = 0; i < 100; i++) {
            sent.enqueue(1000, RETRANSMISSION);
            sent.runMillis(5);
        }
        sent.runMillis(1_000);
        assertThat(sent.released)
                .hasSize(102)
                .allSatisfy(one -> assertThat(waitNanos(one)).isLessThanOrEqualTo(250 * MILLI));
    }

    @Test
    void switchedOffReleasesAtOnce() {
        sent = new PacedPackets(PacerSettings.OFF);
        rates(8_000, 0);
        enqueueVideo(20, 1000);
        assertThat(sent.released).hasSize(20);
    }

    @Test
    void holdsNothingBackBeforeARateIsKnown() {
        enqueueVideo(20, 1000);
        assertThat(sent.released).hasSize(20);
    }

    @Test
    void aProbeGoesAtItsRateFilledUpWithPadding() {
        rates(800_000, 0);
        sent.pacer.probe(new Probe(7, 8_000_000, 5, 6_000), START);
        sent.enqueue(1000, VIDEO);
        sent.runMillis(50);
        assertThat(sent.released).extracting(Release::probeId).containsExactly(7);
        assertThat(sent.paddings).extracting(Padding::probeId).containsOnly(7);
        assertThat(sent.paddings.stream().mapToInt(Padding::sizeBytes).sum())
                .isBetween(5_000, 6_200);
        long lastNanos = sent.paddings.getLast().atNanos();
        assertThat(lastNanos - START).isBetween(4 * MILLI, 6 * MILLI);
    }

    @Test
    void aProbeHasItsLeastPacketsToo() {
        rates(800_000, 0);
        sent.pacer.probe(new Probe(7, 8_000_000, 5, 100), START);
        sent.runMillis(50);
        assertThat(sent.paddings).hasSize(5);
    }

    @Test
    void probesFollowEachOtherInOrder() {
        rates(800_000, 0);
        sent.pacer.probe(new Probe(7, 3_000_000, 5, 3_000), START);
        sent.pacer.probe(new Probe(8, 6_000_000, 5, 6_000), START);
        sent.runMillis(100);
        assertThat(sent.paddings.stream().map(Padding::probeId).distinct()).containsExactly(7, 8);
    }

    @Test
    void aProbeWaitsForMediaWhenThereIsNoPadding() {
        sent.canPad = false;
        rates(800_000, 0);
        sent.pacer.probe(new Probe(7, 8_000_000, 3, 2_000), START);
        sent.runMillis(100);
        assertThat(sent.pacer.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        enqueueVideo(4, 1000);
        sent.runMillis(3);
        assertThat(sent.released).extracting(Release::probeId).containsExactly(7, 7, 7);
    }

    @Test
    void aProbeThatFallsBehindIsGivenUp() {
        sent.canPad = false;
        rates(800_000, 0);
        sent.pacer.probe(new Probe(7, 8_000_000, 5, 5_000), START);
        sent.enqueue(1000, VIDEO);
        sent.runMillis(100);
        sent.enqueue(1000, VIDEO);
        assertThat(sent.released).extracting(Release::probeId).containsExactly(7, Probe.NONE);
    }

    @Test
    void aProbeThatFindsNothingToSendForLongIsGivenUp() {
        sent.canPad = false;
        rates(800_000, 0);
        sent.pacer.probe(new Probe(7, 8_000_000, 5, 5_000), START);
        sent.runMillis(5_001);
        sent.enqueue(1000, VIDEO);
        assertThat(sent.released).extracting(Release::probeId).containsExactly(Probe.NONE);
    }

    @Test
    void padsUpToTheRateWhileNoMediaWaits() {
        rates(1_000_000, 400_000);
        sent.runMillis(1_000);
        assertThat(sent.paddings.stream().mapToInt(Padding::sizeBytes).sum())
                .isBetween(49_500, 50_500);
    }

    @Test
    void mediaCountsTowardsThePaddingRate() {
        rates(2_000_000, 400_000);
        for (int i = 0; i < 100; i++) {
            sent.enqueue(500, VIDEO); // 400 kbit/s
            sent.runMillis(10);
        }
        assertThat(sent.paddings.stream().mapToInt(Padding::sizeBytes).sum()).isLessThan(1_000);
    }

    @Test
    void mediaFromBeforeCountsTowardsThePaddingRate() {
        rates(800_000, 0);
        sent.enqueue(1000, VIDEO); // 100 ms of 80 kbit/s
        sent.pacer.rates(800_000, 80_000, sent.nowNanos);
        assertPadsAfterMillis(100);
    }

    @Test
    void mediaFromBeforeHoldsPaddingUpForHalfASecondAtMost() {
        rates(8_000_000, 0);
        enqueueVideo(100, 1000);
        sent.runMillis(1_000);
        sent.pacer.rates(8_000_000, 80_000, sent.nowNanos);
        assertPadsAfterMillis(500);
    }

    @Test
    void paddingGoesOnWhereItEndedWhenItsRateComesBack() {
        rates(800_000, 80_000);
        sent.enqueue(1000, VIDEO);
        sent.pacer.rates(800_000, 0, sent.nowNanos);
        sent.pacer.rates(800_000, 0, sent.nowNanos);
        sent.runMillis(300);
        sent.pacer.rates(800_000, 80_000, sent.nowNanos);
        assertPadsAfterMillis(100);
    }

    @Test
    void asksForPaddingRarelyWhenThereIsNone() {
        sent.canPad = false;
        rates(1_000_000, 400_000);
        sent.runMillis(10);
        assertThat(sent.pacer.nextDeadlineNanos()).isEqualTo(START + 50 * MILLI);
    }

    @Test
    void theSinkMayEnqueueMore() {
        var pacer = new Pacer<Integer>(SINGLE, START);
        var released = new ArrayList<Integer>();
        pacer.rates(800_000, 0, START);
        pacer.enqueue(1, 1000, VIDEO, START, repairingSink(pacer, released));
        pacer.onDeadline(START + 10 * MILLI, repairingSink(pacer, released));
        assertThat(released).containsExactly(1, 101);
    }

    @Test
    void clearHandsOverWhatWaits() {
        rates(800_000, 0);
        enqueueVideo(3, 1000);
        assertThat(sent.pacer.queuedPackets()).isEqualTo(2);
        assertThat(sent.pacer.queuedBytes()).isEqualTo(2_000);
        List<Packet> dropped = new ArrayList<>();
        sent.pacer.clear(dropped::add);
        assertThat(dropped).extracting(Packet::number).containsExactly(1, 2);
        assertThat(sent.pacer.queuedBytes()).isZero();
        assertThat(sent.pacer.oldestWaitNanos(sent.nowNanos)).isZero();
        assertThat(sent.pacer.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void extremeRatesSizesAndTimesDoNotOverflow() {
        sent.pacer.rates(Long.MAX_VALUE, Long.MIN_VALUE, START);
        for (int i = 0; i < 1_000; i++) {
            sent.enqueue(Pacer.MAX_PACKET_BYTES, AUDIO);
        }
        sent.pacer.rates(1, 0, START);
        sent.enqueue(Pacer.MAX_PACKET_BYTES, VIDEO);
        sent.runTo(START + 250 * MILLI);
        assertThat(sent.released).hasSize(1_001);
        sent.runTo(Long.MAX_VALUE / 2);
        sent.enqueue(1, VIDEO);
        assertThat(sent.released).hasSize(1_002);
    }

    @Test
    void anExtremePaddingRateBeginsToPadLikeAnyOther() {
        sent.enqueue(Pacer.MAX_PACKET_BYTES, AUDIO);
        sent.canPad = false;
        sent.pacer.rates(Long.MAX_VALUE, Long.MAX_VALUE, START);
        sent.enqueue(1, VIDEO);
        sent.runTo(START + MILLI);
        assertThat(sent.released).hasSize(2);
        assertThat(sent.pacer.nextDeadlineNanos()).isGreaterThan(START);
    }

    @Test
    void refusesSizesAndSettingsOutOfRange() {
        assertThatThrownBy(() -> sent.enqueue(-1, VIDEO)).hasMessageContaining("sizeBytes is -1");
        assertThatThrownBy(() -> sent.enqueue(65_536, VIDEO)).hasMessageContaining("65536");
        assertThatThrownBy(() -> new PacerSettings(true, 0, 0, 1))
                .hasMessageContaining("maxQueueNanos is 0");
        assertThatThrownBy(() -> new PacerSettings(true, 1, -1, 1))
                .hasMessageContaining("burstNanos is -1");
        assertThatThrownBy(() -> new PacerSettings(true, 1, 0, 0))
                .hasMessageContaining("burstPackets is 0");
    }

    /** Enqueues a repair packet of number 100 more for each packet of less than 100. */
    private static Pacer.Sink<Integer> repairingSink(Pacer<Integer> pacer, List<Integer> released) {
        return new Pacer.Sink<>() {
            @Override
            public void onRelease(Integer packet, int probeId, long nowNanos) {
                released.add(packet);
                if (packet < 100) {
                    pacer.enqueue(packet + 100, 1000, VIDEO, nowNanos, this);
                }
            }

            @Override
            public int onPaddingWanted(int bytes, int probeId, long nowNanos) {
                return 0;
            }
        };
    }

    private void assertPadsAfterMillis(long millis) {
        sent.runMillis(millis - 1);
        assertThat(sent.paddings).isEmpty();
        sent.runMillis(2);
        assertThat(sent.paddings).isNotEmpty();
    }

    private void rates(long pacingBps, long paddingBps) {
        sent.pacer.rates(pacingBps, paddingBps, START);
    }

    private void enqueueVideo(int packets, int sizeBytes) {
        for (int i = 0; i < packets; i++) {
            sent.enqueue(sizeBytes, VIDEO);
        }
    }

    private static long waitNanos(Release release) {
        return release.atNanos() - release.packet().enqueuedNanos();
    }
}
