package dev.sluice.media.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class SimulatedNetworkTest {

    private static final long MILLI = 1_000_000L;

    /** Negative, as the clock of a real machine may be. */
    private static final long START = -5_000 * MILLI;

    private static final LinkConditions PERFECT = LinkConditions.PERFECT;

    @Test
    void deliversACopyAfterTheDelay() {
        var network = new SimulatedNetwork<String>(1, PERFECT.withDelayMillis(20));
        ByteBuf datagram = datagram(7);
        network.send("a", "b", datagram, START);
        datagram.setInt(0, 8);
        assertThat(network.nextDeliveryNanos()).isEqualTo(START + 20 * MILLI);
        assertThat(network.poll(START + 20 * MILLI - 1)).isEmpty();
        var delivery = network.poll(START + 20 * MILLI).getFirst();
        assertThat(delivery.from()).isEqualTo("a");
        assertThat(delivery.to()).isEqualTo("b");
        assertThat(delivery.datagram().getInt(0)).isEqualTo(7);
        assertThat(network.nextDeliveryNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void theSameSeedGivesTheSameFate() {
        var conditions =
                PERFECT.withLoss(0.1)
                        .withDelayMillis(10)
                        .withJitterMillis(5)
                        .withReordering(0.1, 20)
                        .withDuplication(0.1);
        assertThat(run(3, conditions, 500))
                .isEqualTo(run(3, conditions, 500))
                .isNotEqualTo(run(4, conditions, 500));
    }

    @Test
    void losesAboutTheGivenRatio() {
        assertThat(run(5, PERFECT.withLoss(0.1), 10_000)).hasSizeBetween(8_850, 9_150);
        assertThat(run(5, PERFECT.withLoss(1), 100)).isEmpty();
    }

    @Test
    void jitterKeepsTheOrder() {
        assertThat(run(6, PERFECT.withDelayMillis(10).withJitterMillis(30), 1_000))
                .isSorted()
                .hasSize(1_000);
    }

    @Test
    void laterDatagramsOvertakeThoseHeldBack() {
        var numbers = run(7, PERFECT.withReordering(0.1, 15), 1_000);
        assertThat(numbers).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(numbers).isNotEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void duplicatesArriveTwice() {
        assertThat(run(8, PERFECT.withDuplication(1), 3)).containsExactly(0, 0, 1, 1, 2, 2);
    }

    @Test
    void aRateLimitSpacesDatagramsByTheirSize() {
        var network = new SimulatedNetwork<String>(1, PERFECT.withRate(800_000));
        for (int i = 0; i < 3; i++) {
            network.send("a", "b", Unpooled.wrappedBuffer(new byte[1_000]), START);
        }
        assertThat(network.poll(START + 30 * MILLI))
                .extracting(Delivery::atNanos)
                .containsExactly(START + 10 * MILLI, START + 20 * MILLI, START + 30 * MILLI);
    }

    @Test
    void aFullQueueDropsTheNewest() {
        var byBytes =
                new SimulatedNetwork<String>(1, PERFECT.withRate(800_000).withQueueBytes(2_000));
        var byTime = new SimulatedNetwork<String>(1, PERFECT.withRate(800_000).withQueueMillis(15));
        for (var network : List.of(byBytes, byTime)) {
            for (int i = 0; i < 4; i++) {
                network.send("a", "b", Unpooled.wrappedBuffer(new byte[1_000]), START);
            }
            assertThat(network.sent()).isEqualTo(4);
        }
        assertThat(byBytes.queueDrops()).isEqualTo(2);
        assertThat(byTime.queueDrops()).isEqualTo(2);
        assertThat(byTime.lost()).isZero();
    }

    @Test
    void oneDirectionCanBeChangedAlone() {
        var network = new SimulatedNetwork<String>(1, PERFECT);
        network.link("a", "b", PERFECT.withLoss(1));
        network.send("a", "b", datagram(1), START);
        network.send("b", "a", datagram(2), START);
        assertThat(network.poll(START)).extracting(Delivery::to).containsExactly("a");
        assertThat(network.lost()).isEqualTo(1);
        network.link("a", "b", PERFECT);
        network.send("a", "b", datagram(3), START);
        assertThat(network.poll(START)).extracting(Delivery::to).containsExactly("b");
    }

    @Test
    void virtualTimeOnlyMovesForward() {
        var time = new VirtualTime(START);
        assertThat(time.advance(5)).isEqualTo(START + 5);
        assertThat(time.advanceMillis(1)).isEqualTo(START + 5 + MILLI);
        assertThat(time.advanceTo(START)).isEqualTo(START + 5 + MILLI);
        assertThat(time.advanceTo(0)).isEqualTo(time.nowNanos()).isZero();
        assertThatThrownBy(() -> time.advance(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Sends a numbered datagram each millisecond, and returns the numbers as they arrive. */
    private static List<Integer> run(long seed, LinkConditions conditions, int count) {
        var network = new SimulatedNetwork<String>(seed, conditions);
        for (int i = 0; i < count; i++) {
            network.send("a", "b", datagram(i), START + i * MILLI);
        }
        return network.poll(START + 3_600_000 * MILLI).stream()
                .map(delivery -> delivery.datagram().getInt(0))
                .toList();
    }

    private static ByteBuf datagram(int number) {
        return Unpooled.buffer(4).writeInt(number);
    }
}
