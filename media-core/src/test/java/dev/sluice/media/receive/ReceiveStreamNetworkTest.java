package dev.sluice.media.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.send.RtxWrapper;
import dev.sluice.media.sim.Delivery;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.sim.SimulatedNetwork;
import dev.sluice.media.sim.VirtualTime;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.BitSet;

/** A publisher, a bad network and the receive stream, in virtual time. */
class ReceiveStreamNetworkTest {

    private static final long MILLI = 1_000_000;
    private static final long RTX_SSRC = 0x8765_4321L;
    private static final int RTX_PAYLOAD_TYPE = 97;

    /** The sequence number rolls over on the way. */
    private static final int FIRST_NUMBER = 60_000;

    private static final int PACKETS = 20_000;

    private enum Peer {
        PUBLISHER,
        SERVER
    }

    private final VirtualTime time = new VirtualTime(0);
    private final ReceiveCounters counters = new ReceiveCounters();
    private final ReceiveStream stream =
            new ReceiveStream(MediaPackets.SSRC, 90_000, 1024, true, counters);
    private final RtxWrapper rtx = new RtxWrapper(RTX_SSRC, RTX_PAYLOAD_TYPE, 4711);
    private final BitSet accepted = new BitSet();
    private final NackSender nacks = new NackSender();
    private int keyFrames;
    private SimulatedNetwork<Peer> network = network(LinkConditions.PERFECT);

    @Test
    void repairsALossyReorderingDuplicatingNetwork() {
        LinkConditions bad =
                LinkConditions.PERFECT
                        .withDelayMillis(40)
                        .withLoss(0.05)
                        .withReordering(0.02, 5)
                        .withDuplication(0.02);
        network = network(bad);
        run();

        assertThat(accepted.nextClearBit(FIRST_NUMBER)).isEqualTo(FIRST_NUMBER + PACKETS);
        assertThat(keyFrames).isZero();
        assertThat(counters.recovered().value()).isBetween(800L, 1300L);
        assertThat(counters.packets().value()).isEqualTo(PACKETS);
        assertThat(counters.duplicates().value()).isPositive();
        assertThat(stream.reportBlock(time.nowNanos()).cumulativeLost()).isBetween(800, 1300);
    }

    @Test
    void asksForNothingOnAGoodNetwork() {
        network = network(LinkConditions.PERFECT.withDelayMillis(40).withReordering(0.05, 5));
        run();

        assertThat(accepted.cardinality()).isEqualTo(PACKETS);
        assertThat(counters.requested().value()).isZero();
        assertThat(stream.reportBlock(time.nowNanos()).cumulativeLost()).isZero();
    }

    @Test
    void asksForAKeyFrameWhereMostIsLost() {
        network = network(LinkConditions.PERFECT.withDelayMillis(400).withLoss(0.7));
        run();

        assertThat(keyFrames).isPositive();
        assertThat(stream.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    private SimulatedNetwork<Peer> network(LinkConditions media) {
        SimulatedNetwork<Peer> made = new SimulatedNetwork<>(20_250_101, media);
        made.link(Peer.SERVER, Peer.PUBLISHER, LinkConditions.PERFECT.withDelayMillis(40));
        return made;
    }

    /**
     * One packet each 2 ms, then time to repair. The last one is not lost, as nobody could notice.
     */
    private void run() {
        for (int i = 0; i < PACKETS - 1; i++) {
            send(MediaPackets.buffer(FIRST_NUMBER + i));
            runMillis(2);
        }
        network.link(Peer.PUBLISHER, Peer.SERVER, LinkConditions.PERFECT.withDelayMillis(400));
        send(MediaPackets.buffer(FIRST_NUMBER + PACKETS - 1));
        runMillis(10_000);
        stream.release();
    }

    private void runMillis(long millis) {
        long end = time.nowNanos() + millis * MILLI;
        long next = nextNanos();
        while (Deadline.isDue(next, end)) {
            time.advanceTo(next);
            network.poll(time.nowNanos()).forEach(this::onDelivery);
            stream.onDeadline(time.nowNanos(), nacks);
            next = nextNanos();
        }
        time.advanceTo(end);
    }

    private long nextNanos() {
        return Math.min(network.nextDeliveryNanos(), stream.nextDeadlineNanos());
    }

    private void onDelivery(Delivery<Peer> delivery) {
        if (delivery.to() == Peer.SERVER) {
            onMedia(MediaPackets.wrap(delivery.datagram()));
        } else {
            onNack(delivery.datagram());
        }
    }

    private void onMedia(RtpPacket packet) {
        boolean retransmitted = packet.ssrc() == RTX_SSRC;
        if (retransmitted) {
            assertThat(RtxUnwrapper.unwrap(packet, MediaPackets.SSRC, MediaPackets.PAYLOAD_TYPE))
                    .isTrue();
        }
        if (stream.onPacket(packet, retransmitted, time.nowNanos()).accepted()) {
            int number = (int) MediaPackets.number(packet);
            assertThat(stream.extendedSequence()).isEqualTo(SourceSequence.FIRST_CYCLE + number);
            assertThat(accepted.get(number)).as("packet %d was accepted before", number).isFalse();
            accepted.set(number);
        }
    }

    private void onNack(ByteBuf nack) {
        long first = nack.readLong();
        int count = nack.readInt();
        for (long number = first; number < first + count; number++) {
            ByteBuf out = Unpooled.buffer();
            rtx.wrap(MediaPackets.wrap(MediaPackets.buffer(number)), out);
            send(out);
        }
    }

    private void send(ByteBuf packet) {
        network.send(Peer.PUBLISHER, Peer.SERVER, packet, time.nowNanos());
    }

    private final class NackSender implements NackRequester.Sink {

        @Override
        public void onPacketsLost(long mediaSsrc, int firstSequenceNumber, int count) {
            long cycle = firstSequenceNumber < FIRST_NUMBER ? 1 << 16 : 0;
            ByteBuf nack = Unpooled.buffer().writeLong(cycle + firstSequenceNumber).writeInt(count);
            network.send(Peer.SERVER, Peer.PUBLISHER, nack, time.nowNanos());
        }

        @Override
        public void onKeyFrameNeeded(long mediaSsrc) {
            keyFrames++;
        }
    }
}
