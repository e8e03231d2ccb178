package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.media.pacing.PacketPriority;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.server.session.MediaSender;
import dev.sluice.server.session.PacketLayout;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.List;

class FailedSealTest {

    private static final PacketLayout UNKNOWN = PacketLayout.unknown(HeaderExtensionMap.EMPTY);
    private static final int SIZE_BYTES = 100;

    @Test
    void whatWaitsWithAPacketThatCannotBeSealedIsLetGoOf() {
        try (var world = new EngineWorld(1, WorldSettings.unpaced(), 1)) {
            var publisher = world.connectedPublisher("stream", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("stream", SimulatedViewer.WITH_RTX);
            world.run(500);
            publisher.stopMedia();
            world.run(500);
            MediaEngine engine = world.engineOf(viewer);
            List<ByteBuf> waiting = List.of(rtp(1), rtp(2), noRtp(), rtp(3), rtp(4));
            MediaSender sender = world.sessionOf(viewer).sender();
            waiting.forEach(packet -> send(sender, packet, world.nowNanos(), engine));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.settle(world.nowNanos(), world.output()));

            assertThat(waiting).allMatch(packet -> packet.refCnt() == 0);
            publisher.startMedia(world.nowNanos());
            int before = world.sentTo(viewer.address());
            world.run(500);
            assertThat(world.sentTo(viewer.address())).isGreaterThan(before);
        }
    }

    private static void send(
            MediaSender sender, ByteBuf packet, long nowNanos, MediaEngine engine) {
        sender.send(packet, UNKNOWN, true, PacketPriority.VIDEO, nowNanos, engine.sink());
    }

    private static ByteBuf rtp(int sequence) {
        return noRtp().setByte(0, 0x80).setShort(2, sequence);
    }

    private static ByteBuf noRtp() {
        return Unpooled.directBuffer(2 * SIZE_BYTES).writeZero(SIZE_BYTES);
    }
}
