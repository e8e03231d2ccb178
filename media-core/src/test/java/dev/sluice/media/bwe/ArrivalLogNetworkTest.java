package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.TransportFeedback;
import dev.sluice.media.sim.Delivery;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.sim.SimulatedNetwork;
import dev.sluice.media.sim.VirtualTime;

import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a sender learns from the feedback of a whole stream over a bad network. */
class ArrivalLogNetworkTest {

    private static final long MILLI = 1_000_000L;
    private static final long START = -12_345_678_901L;

    private final ArrivalLog log = new ArrivalLog(1, 100 * MILLI);
    private final Map<Integer, Long> arrivedNanos = new HashMap<>();
    private final Set<Integer> reportedReceived = new HashSet<>();
    private final Set<Integer> reported = new HashSet<>();

    @Property(tries = 30)
    void theSenderLearnsOfEachArrivalAndOfEachLoss(
            @ForAll long seed,
            @ForAll @DoubleRange(max = 0.4) double loss,
            @ForAll @DoubleRange(max = 0.2) double reordering,
            @ForAll @DoubleRange(max = 0.2) double duplication) {
        var fresh = new ArrivalLogNetworkTest();
        fresh.stream(
                seed,
                LinkConditions.PERFECT
                        .withLoss(loss)
                        .withDelayMillis(40)
                        .withJitterMillis(30)
                        .withReordering(reordering, 250)
                        .withDuplication(duplication),
                3_000);
        fresh.assertComplete();
    }

    @Test
    void aStreamOfMoreThan65536PacketsGoesThroughTheRollover() {
        stream(1, LinkConditions.PERFECT.withLoss(0.01).withDelayMillis(10), 66_500);
        assertThat(reported).hasSize(65_536);
    }

    private void stream(long seed, LinkConditions conditions, int packets) {
        var network = new SimulatedNetwork<String>(seed, conditions);
        var time = new VirtualTime(START);
        for (int i = 0; i < packets; i++) {
            arrivedNanos.remove((65_000 + i + 32_768) & 0xFFFF); // of the cycle before
            network.send("sender", "receiver", Unpooled.copyInt(65_000 + i), time.nowNanos());
            time.advance(777_777);
            drive(network, time.nowNanos());
        }
        drive(network, time.advanceMillis(1_000));
        drive(network, time.advanceMillis(1_000));
    }

    private void drive(SimulatedNetwork<String> network, long nowNanos) {
        for (Delivery<String> delivery : network.poll(nowNanos)) {
            int sequence = delivery.datagram().readInt() & 0xFFFF;
            arrivedNanos.putIfAbsent(sequence, delivery.atNanos());
            log.onPacket(sequence, 9, delivery.atNanos());
        }
        log.onDeadline(nowNanos, this::learn);
    }

    private void learn(TransportFeedback feedback) {
        assertThat(feedback.sizeBytes()).isLessThanOrEqualTo(1200);
        for (int i = 0; i < feedback.statusCount(); i++) {
            reported.add((feedback.baseSequence() + i) & 0xFFFF);
        }
        long arrival = feedback.referenceTime() * TransportFeedback.REFERENCE_NANOS;
        for (int i = 0; i < feedback.arrivals().size(); i++) {
            arrival += feedback.arrivals().deltaTicks(i) * TransportFeedback.TICK_NANOS;
            reportedReceived.add(feedback.sequence(i));
            assertThat(arrivedNanos.get(feedback.sequence(i)))
                    .isBetween(arrival, arrival + TransportFeedback.TICK_NANOS - 1);
        }
    }

    private void assertComplete() {
        assertThat(reportedReceived).isEqualTo(arrivedNanos.keySet());
        int first =
                arrivedNanos.keySet().stream()
                        .mapToInt(ArrivalLogNetworkTest::position)
                        .min()
                        .orElseThrow();
        int last =
                arrivedNanos.keySet().stream()
                        .mapToInt(ArrivalLogNetworkTest::position)
                        .max()
                        .orElseThrow();
        assertThat(reported).hasSize(last - first + 1);
    }

    private static int position(int sequence) {
        return (sequence - 65_000) & 0xFFFF;
    }
}
