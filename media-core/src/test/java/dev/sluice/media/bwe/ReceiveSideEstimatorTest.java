package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.Remb;
import dev.sluice.media.rtp.AbsSendTime;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.sim.SimulatedNetwork;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ReceiveSideEstimatorTest {

    private static final long MILLI = 1_000_000L;
    private static final long SSRC = 0xAABBCCDDL;
    private static final int PACKET_BYTES = 1_000;
    private static final EstimatorSettings SETTINGS =
            new EstimatorSettings(EstimationMode.DELAY, 1_000_000, 50_000, 20_000_000);
    private static final LinkConditions LINK =
            LinkConditions.PERFECT.withDelayMillis(20).withQueueMillis(300);

    private final ReceiveSideEstimator estimator =
            new ReceiveSideEstimator(7, 1 << 18, 24, SETTINGS);
    private final List<Remb> reports = new ArrayList<>();

    /** Close to the wrap of 64 s, on a clock that is not ours. */
    private long nowNanos = -1_000_000 * MILLI;

    /** A sender that follows each REMB, for some seconds. */
    private void follow(SimulatedNetwork<String> network, int seconds) {
        long nextSend = nowNanos;
        for (long end = nowNanos + seconds * 1_000L * MILLI; nowNanos < end; nowNanos += MILLI) {
            while (nextSend <= nowNanos) {
                ByteBuf packet = Unpooled.buffer(PACKET_BYTES).writeZero(PACKET_BYTES);
                packet.setInt(0, AbsSendTime.fromNanos(nextSend));
                network.send("publisher", "server", packet, nextSend);
                nextSend += PACKET_BYTES * 8_000_000_000L / rateBps();
            }
            for (var arrived : network.poll(nowNanos)) {
                estimator.onPacket(
                        SSRC,
                        arrived.datagram().getInt(0),
                        arrived.datagram().readableBytes(),
                        arrived.atNanos());
            }
            estimator.onDeadline(nowNanos, reports::add);
        }
    }

    private long rateBps() {
        return reports.isEmpty() ? SETTINGS.startBps() : reports.getLast().bitrateBps();
    }

    @Test
    void aSenderThatFollowsTheReportsUsesMostOfItsPathAndLittleMore() {
        follow(new SimulatedNetwork<>(1, LINK.withRate(2_000_000)), 40);
        reports.subList(20, reports.size())
                .forEach(r -> assertThat(r.bitrateBps()).isBetween(1_400_000L, 2_500_000L));
    }

    @Test
    void aPathThatGetsNarrowIsToldWithinTwoSeconds() {
        // A queue that overflows looks like one that stands: losses are the sender's to notice.
        LinkConditions deep = LINK.withQueueMillis(2_000);
        var network = new SimulatedNetwork<String>(2, deep.withRate(2_000_000));
        follow(network, 20);
        network.link("publisher", "server", deep.withRate(700_000));
        follow(network, 2);
        assertThat(reports.getLast().bitrateBps()).isLessThan(1_000_000);
        follow(network, 6);
        assertThat(reports.getLast().bitrateBps()).isBetween(400_000L, 800_000L);
    }

    @Test
    void reportsEachSecondAndNamesTheStreams() {
        follow(new SimulatedNetwork<>(3, LINK), 5);
        assertThat(reports).hasSizeBetween(4, 5);
        assertThat(reports.getLast().ssrcs()).containsExactly(SSRC);
        assertThat(reports.getLast().senderSsrc()).isEqualTo(7);
    }

    @Test
    void aSilentSenderIsToldNothing() {
        follow(new SimulatedNetwork<>(4, LINK), 3);
        int told = reports.size();
        for (int i = 0; i < 10; i++) {
            nowNanos += 1_000 * MILLI;
            estimator.onDeadline(nowNanos, reports::add);
        }
        assertThat(reports.size()).isLessThanOrEqualTo(told + 2);
        assertThat(estimator.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void rtpTimestampsServeWhereThereIsNoSendTime() {
        var byTimestamp = new ReceiveSideEstimator(7, 90_000, 32, SETTINGS);
        long timestamp = 0xFFFF_F000L;
        for (int i = 0; i < 3_000; i++) {
            timestamp = (timestamp + 900) & 0xFFFF_FFFFL;
            // Each packet waits 2 ms longer than the one before: a queue that grows.
            byTimestamp.onPacket(SSRC, timestamp, PACKET_BYTES, 12L * i * MILLI);
            byTimestamp.onDeadline(12L * i * MILLI, reports::add);
        }
        assertThat(byTimestamp.estimateBps()).isLessThan(SETTINGS.startBps());
    }

    @Property
    void whateverASenderClaimsTheEstimateStaysWithinItsBounds(
            @ForAll List<Long> sentTicks, @ForAll List<Integer> stepsMicros) {
        var hostile = new ReceiveSideEstimator(7, 1 << 18, 24, SETTINGS);
        long atNanos = 0;
        for (int i = 0; i < sentTicks.size(); i++) {
            int step = stepsMicros.isEmpty() ? 1 : stepsMicros.get(i % stepsMicros.size());
            atNanos += Math.abs((long) step) * 1_000;
            hostile.onPacket(i, sentTicks.get(i), 1_200, atNanos);
            hostile.onDeadline(atNanos, _ -> {});
        }
        assertThat(hostile.estimateBps()).isBetween(SETTINGS.minBps(), SETTINGS.maxBps());
    }
}
