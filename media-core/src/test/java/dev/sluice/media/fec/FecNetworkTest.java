package dev.sluice.media.fec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sim.Delivery;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.sim.SimulatedNetwork;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

/** A stream with protection over a far and lossy network, in virtual time. */
class FecNetworkTest {

    private static final long MILLI = 1_000_000;
    private static final long FRAME_NANOS = 33 * MILLI;
    private static final int FRAMES = 1_500;
    private static final LinkConditions FAR = LinkConditions.PERFECT.withDelayMillis(100);

    private enum Peer {
        SERVER,
        VIEWER
    }

    /** What came of a run. */
    private record Outcome(double lost, double overhead) {}

    /** Loses a burst of so many datagrams from time to time; 0 for a link that loses by itself. */
    private static Outcome run(
            FecFormat format, LinkConditions link, int burst, Protection protection) {
        Random random = new Random(7);
        ProtectedStream stream = new ProtectedStream(format, 65_000);
        stream.sender.protection(protection);
        SimulatedNetwork<Peer> network = new SimulatedNetwork<>(1, link);
        long nowNanos = 0;
        int repairs = 0;
        int datagrams = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            int packets = 5 + random.nextInt(10);
            for (int i = 0; i < packets; i++) {
                ByteBuf media = stream.send(i == packets - 1, 600 + random.nextInt(500), random);
                if (burst == 0 || datagrams++ % 60 >= burst) {
                    network.send(Peer.SERVER, Peer.VIEWER, media, nowNanos);
                }
                for (; repairs < stream.repairs.size(); repairs++) {
                    if (burst == 0 || datagrams++ % 60 >= burst) {
                        network.send(
                                Peer.SERVER, Peer.VIEWER, stream.repairs.get(repairs), nowNanos);
                    }
                }
            }
            nowNanos += FRAME_NANOS;
            network.poll(nowNanos).forEach(delivery -> receive(stream, delivery));
        }
        network.poll(nowNanos + 1_000 * MILLI).forEach(delivery -> receive(stream, delivery));
        long present =
                stream.media.stream()
                        .map(packet -> FecPackets.wrap(stream.plain(packet)))
                        .filter(v -> stream.ring.packet(v.ssrc(), v.sequenceNumber()) != null)
                        .count();
        stream.receiver.release();
        int sent = stream.media.size();
        return new Outcome((double) (sent - present) / sent, (double) stream.repairs.size() / sent);
    }

    private static void receive(ProtectedStream stream, Delivery<Peer> delivery) {
        RtpPacket view = FecPackets.wrap(stream.plain(delivery.datagram()));
        boolean isMedia = view.payloadType() == FecPackets.TYPE;
        if (isMedia) {
            stream.receiveMedia(delivery.datagram());
        } else {
            stream.receiveRepair(delivery.datagram());
        }
        delivery.datagram().release();
    }

    /** The policy's promise: at most a quarter of the loss is left, and half a point of chance. */
    @ParameterizedTest(name = "{0}, loss {1}")
    @CsvSource({
        "FLEXFEC_03, 0.02",
        "FLEXFEC_03, 0.05",
        "FLEXFEC_03, 0.10",
        "FLEXFEC, 0.05",
        "ULPFEC, 0.05"
    })
    void atMostAQuarterOfTheLossIsLeft(FecFormat format, double loss) {
        Protection protection =
                new ProtectionPolicy(true).update(loss, 1, 200 * MILLI, 2_000_000, 1_000_000, 0);
        Outcome outcome = run(format, FAR.withLoss(loss), 0, protection);
        assertThat(outcome.lost()).isLessThan(loss / 4 + 0.005);
        assertThat(outcome.overhead()).isLessThan(1.1 * protection.overhead() + 0.01);
        assertThat(run(format, FAR.withLoss(loss), 0, Protection.NONE).lost())
                .isBetween(0.8 * loss, 1.2 * loss);
    }

    @Test
    void reorderingAndDuplicatesDoNoHarm() {
        LinkConditions bad = FAR.withLoss(0.03).withReordering(0.05, 20).withDuplication(0.02);
        Outcome outcome = run(FecFormat.FLEXFEC_03, bad, 0, new Protection(5, 1));
        assertThat(outcome.lost()).isLessThan(0.01);
    }

    @Test
    void interleavingHelpsAgainstBursts() {
        Outcome plain = run(FecFormat.FLEXFEC_03, FAR, 3, new Protection(5, 1));
        Outcome interleaved = run(FecFormat.FLEXFEC_03, FAR, 3, new Protection(5, 4));
        assertThat(plain.lost()).isGreaterThan(0.03);
        assertThat(interleaved.lost()).isLessThan(plain.lost() / 3);
        assertThat(interleaved.overhead())
                .isCloseTo(plain.overhead(), org.assertj.core.data.Offset.offset(0.03));
    }
}
