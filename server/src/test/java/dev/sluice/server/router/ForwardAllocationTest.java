package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.bwe.EstimationMode;
import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.measure.AllocationMeter;
import dev.sluice.media.pacing.PacerSettings;
import dev.sluice.server.net.RecyclingAllocator;
import dev.sluice.server.session.BatchSettings;
import dev.sluice.server.session.SendSettings;
import dev.sluice.srtp.context.SrtpSender;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;

class ForwardAllocationTest {

    private static final int VIEWERS = 10;
    private static final int BATCHES = 1_000;
    private static final int BATCH_PACKETS = 4;
    private static final int SEAL_ROUNDS = 20;

    /** The compiler needs some to find what need not be allocated; it runs beside the test. */
    private static final int MAX_ROUNDS = 100;

    private static final long BATCH_NANOS = 10_000L;
    private static final byte[] FRAME_START = {0x10, 1};
    private static final byte[] CONTINUATION = {0};

    /**
     * What receiving a packet may leave behind, spread over the viewers: its slices and handles.
     */
    private static final double BYTES_PER_PACKET = 16;

    @RegisterExtension final AllocationMeter meter = new AllocationMeter();
    private final CountedOutput out = new CountedOutput();
    private double bytesPerPacket;
    private double bytesPerSeal;
    private int transportSequence;

    @Test
    void aForwardedPacketAllocatesNothingButWhatTheCipherDoes() throws InterruptedException {
        LoopThread.run(this::measure);

        assertThat(out.sent()).isGreaterThan((long) BATCHES * BATCH_PACKETS * VIEWERS);
        assertThat(bytesPerPacket).isLessThanOrEqualTo(mostBytes());
    }

    private void measure() {
        bytesPerSeal = bytesPerSeal();
        var allocator = new RecyclingAllocator(PooledByteBufAllocator.DEFAULT);
        try (var world = new EngineWorld(1, unpaced(), 1, allocator)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            for (int i = 0; i < VIEWERS; i++) {
                world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            }
            world.run(1_000);
            publisher.stopMedia();
            long nowNanos = world.nowNanos();
            bytesPerPacket = Double.MAX_VALUE;
            for (int i = 0; i < MAX_ROUNDS && bytesPerPacket > mostBytes(); i++) {
                List<ByteBuf> datagrams = datagrams(publisher, nowNanos);
                long packetsBefore = out.sent();
                long startNanos = nowNanos;
                long bytes =
                        meter.bytesOf(
                                () -> forward(world.engine(0), publisher, datagrams, startNanos));
                nowNanos += BATCHES * BATCH_NANOS;
                bytesPerPacket = (double) bytes / (out.sent() - packetsBefore);
            }
        }
    }

    private double mostBytes() {
        return bytesPerSeal + BYTES_PER_PACKET;
    }

    /** Nothing waits: all that comes leaves within its batch. */
    private static EngineSettings unpaced() {
        EngineSettings usual = WorldSettings.settings();
        var pacing = new PacerSettings(false, 250_000_000L, 5_000_000L, BATCH_PACKETS);
        var estimation =
                new EstimatorSettings(EstimationMode.HYBRID, 50_000_000, 50_000, 100_000_000);
        return new EngineSettings(
                usual.identities(),
                usual.profiles(),
                usual.ciphers(),
                usual.candidates(),
                usual.timeouts(),
                new SendSettings(estimation, pacing, new BatchSettings(BATCH_PACKETS, true)),
                usual.maxSessions(),
                usual.handshakes(),
                usual.waitForPublisher(),
                usual.endViewersWithPublisher());
    }

    private void forward(
            MediaEngine engine, SimulatedPublisher from, List<ByteBuf> datagrams, long startNanos) {
        var path = new NetworkPath(0, from.address());
        long nowNanos = startNanos;
        for (int first = 0; first < datagrams.size(); first += BATCH_PACKETS) {
            nowNanos += BATCH_NANOS;
            for (int i = first; i < first + BATCH_PACKETS; i++) {
                engine.onDatagram(datagrams.get(i), path, nowNanos, out);
            }
            engine.settle(nowNanos, out);
            for (int i = first; i < first + BATCH_PACKETS; i++) {
                datagrams.get(i).release();
            }
        }
    }

    private List<ByteBuf> datagrams(SimulatedPublisher publisher, long nowNanos) {
        List<ByteBuf> datagrams = new ArrayList<>();
        for (int i = 0; i < BATCHES * BATCH_PACKETS; i++) {
            boolean isFirst = i % BATCH_PACKETS == 0;
            boolean isLast = i % BATCH_PACKETS == BATCH_PACKETS - 1;
            byte[] head = isFirst ? FRAME_START : CONTINUATION;
            SentPacket packet = publisher.video().next(head, isLast, false, nowNanos);
            ByteBuf rtp = publisher.video().rtp(packet, transportSequence++, nowNanos);
            publisher.sendRtp(rtp, (_, datagram) -> datagrams.add(copy(datagram)));
        }
        return datagrams;
    }

    private static ByteBuf copy(ByteBuf datagram) {
        return PooledByteBufAllocator.DEFAULT
                .directBuffer(datagram.readableBytes())
                .writeBytes(datagram.duplicate());
    }

    /** What the cipher of the simulated world leaves behind. */
    private double bytesPerSeal() {
        SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
        var keys =
                new SrtpKeys(
                        profile,
                        new byte[profile.keySizeBytes()],
                        new byte[profile.saltSizeBytes()]);
        ByteBuf packet = PooledByteBufAllocator.DEFAULT.directBuffer(2_000);
        try (var sender = new SrtpSender(keys)) {
            double bytes = 0;
            for (int round = 0; round < SEAL_ROUNDS; round++) {
                int first = round * BATCHES;
                bytes = (double) meter.bytesOf(() -> seal(sender, packet, first)) / BATCHES;
            }
            return bytes;
        } finally {
            packet.release();
        }
    }

    private static void seal(SrtpSender sender, ByteBuf packet, int firstNumber) {
        for (int i = 0; i < BATCHES; i++) {
            packet.clear().writeByte(0x80).writeByte(96);
            packet.writeShort(firstNumber + i).writeZero(300);
            sender.protectRtp(packet);
        }
    }
}
