package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.measure.AllocationMeter;
import dev.sluice.media.rtcp.PacketArrivals;
import dev.sluice.media.rtcp.TransportFeedback;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.TransportSequence;
import dev.sluice.server.net.RecyclingAllocator;
import dev.sluice.server.session.DatagramRun;
import dev.sluice.srtp.context.SrtpReceiver;
import dev.sluice.srtp.context.SrtpSender;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;

class FeedbackAllocationTest {

    private static final int FEEDBACKS = 200;
    private static final int FEEDBACK_PACKETS = 4;

    /** Tables grow in the first ones. */
    private static final int MAX_ROUNDS = 20;

    private static final long FRAME_NANOS = 1_000_000L;
    private static final byte[] FRAME_START = {0x10, 1};
    private static final byte[] CONTINUATION = {0};
    private static final PacketArrivals ARRIVALS = arrivals();

    /** A probe, which is an object, follows one or the other feedback. */
    private static final double BYTES_PER_FEEDBACK = 16;

    @RegisterExtension final AllocationMeter meter = new AllocationMeter();
    private final Sent sent = new Sent();
    private double bytesPerFeedback;
    private double bytesPerOpening;
    private long dropped;
    private long nowNanos;
    private int transportSequence;

    @Test
    void aFeedbackAllocatesNothingButWhatTheCipherDoes() throws InterruptedException {
        LoopThread.run(this::measure);

        assertThat(dropped).isZero();
        assertThat(bytesPerFeedback).isLessThanOrEqualTo(bytesPerOpening + BYTES_PER_FEEDBACK);
    }

    private void measure() {
        bytesPerOpening = bytesPerOpening();
        var allocator = new RecyclingAllocator(PooledByteBufAllocator.DEFAULT);
        try (var world = new EngineWorld(1, WorldSettings.unpaced(), 1, allocator)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(1_000);
            publisher.stopMedia();
            nowNanos = world.nowNanos();
            bytesPerFeedback = Double.MAX_VALUE;
            for (int i = 0; i < MAX_ROUNDS && bytesPerFeedback > bytesPerOpening; i++) {
                long bytes = 0;
                for (int j = 0; j < FEEDBACKS; j++) {
                    bytes += frameAndFeedback(world.engine(0), publisher, viewer);
                }
                bytesPerFeedback = Math.min(bytesPerFeedback, (double) bytes / FEEDBACKS);
            }
            dropped = world.dropped();
        }
    }

    /** What the feedback on a frame allocates. */
    private long frameAndFeedback(
            MediaEngine engine, SimulatedPublisher publisher, SimulatedViewer viewer) {
        int before = sent.lastTransportSequence;
        forwardFrame(engine, publisher);
        assertThat(sent.lastTransportSequence).isNotEqualTo(before);
        int first = (sent.lastTransportSequence - FEEDBACK_PACKETS + 1) & 0xFFFF;
        int reference = (int) (nowNanos / TransportFeedback.REFERENCE_NANOS);
        var feedback = new TransportFeedback(1, 2, first, FEEDBACK_PACKETS, reference, 0, ARRIVALS);
        List<ByteBuf> datagrams = new ArrayList<>();
        viewer.sendRtcp(List.of(feedback), (_, datagram) -> datagrams.add(copy(datagram)));
        var path = new NetworkPath(0, viewer.address());
        ByteBuf datagram = datagrams.getFirst();
        long arrivedNanos = nowNanos + FRAME_NANOS / 2;
        long bytes = meter.bytesOf(() -> engine.onDatagram(datagram, path, arrivedNanos, sent));
        engine.settle(arrivedNanos, sent);
        datagram.release();
        return bytes;
    }

    private void forwardFrame(MediaEngine engine, SimulatedPublisher publisher) {
        nowNanos += FRAME_NANOS;
        engine.onDeadline(nowNanos, sent);
        var path = new NetworkPath(0, publisher.address());
        for (int i = 0; i < FEEDBACK_PACKETS; i++) {
            byte[] head = i == 0 ? FRAME_START : CONTINUATION;
            boolean isLast = i == FEEDBACK_PACKETS - 1;
            SentPacket packet = publisher.video().next(head, isLast, false, nowNanos);
            ByteBuf rtp = publisher.video().rtp(packet, transportSequence++, nowNanos);
            publisher.sendRtp(
                    rtp,
                    (_, datagram) -> {
                        ByteBuf received = copy(datagram);
                        engine.onDatagram(received, path, nowNanos, sent);
                        received.release();
                    });
        }
        engine.settle(nowNanos, sent);
    }

    private static PacketArrivals arrivals() {
        var arrivals = new PacketArrivals.Builder();
        for (int i = 0; i < FEEDBACK_PACKETS; i++) {
            arrivals.add(i, 1);
        }
        return arrivals.build();
    }

    private static ByteBuf copy(ByteBuf datagram) {
        return PooledByteBufAllocator.DEFAULT
                .directBuffer(datagram.readableBytes())
                .writeBytes(datagram.duplicate());
    }

    /** What the cipher of the simulated world leaves behind. */
    private double bytesPerOpening() {
        SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
        var keys =
                new SrtpKeys(
                        profile,
                        new byte[profile.keySizeBytes()],
                        new byte[profile.saltSizeBytes()]);
        ByteBuf packet = PooledByteBufAllocator.DEFAULT.directBuffer(2_000);
        try (var sender = new SrtpSender(keys);
                var receiver = new SrtpReceiver(keys)) {
            long bytes = 0;
            for (int i = 0; i < FEEDBACKS * MAX_ROUNDS; i++) {
                packet.clear().writeInt(0x80c90001).writeInt(1);
                sender.protectRtcp(packet);
                bytes = meter.bytesOf(() -> receiver.unprotectRtcp(packet));
            }
            return bytes;
        } finally {
            packet.release();
        }
    }

    /** Looks at what leaves for the last transport-wide number. */
    private static final class Sent implements EngineOutput {

        private final RtpPacket packet = new RtpPacket();
        private int lastTransportSequence = -1;

        @Override
        public void transmit(ByteBuf datagram, NetworkPath path) {
            look(datagram);
            datagram.release();
        }

        @Override
        public boolean takesRuns(NetworkPath path) {
            return true;
        }

        @Override
        public void transmitRun(DatagramRun run, NetworkPath path) {
            for (int i = 0; i < run.size(); i++) {
                look(run.get(i));
            }
            run.release();
        }

        private void look(ByteBuf datagram) {
            int id = OfferText.EXTENSIONS.id(HeaderExtension.TRANSPORT_WIDE_CC);
            if (packet.wrapHeader(datagram)) {
                int sequence = TransportSequence.read(packet, id);
                lastTransportSequence = sequence >= 0 ? sequence : lastTransportSequence;
            }
            packet.clear();
        }

        @Override
        public void closeConnection(NetworkPath connection) {}

        @Override
        public void onEvent(SessionEvent event) {}
    }
}
