package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.rtcp.ReceiverReport;
import dev.sluice.media.rtcp.TransportFeedback;
import dev.sluice.server.session.DropReason;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;

import java.util.Random;

/** Who watches has no media to send: of what he sends all the same, nothing is kept. */
class ViewersMediaTest {

    private static final int SSRCS = 64;
    private static final int PACKETS = 40;

    private final Random random = new Random(1);

    private SimulatedSource source() {
        int payloadType = SimulatedViewer.WITH_RTX.vp8();
        return new SimulatedSource(random, OfferText.VIDEO_MID, payloadType, 90_000);
    }

    private static EngineWorld watchedWorld(long seed) {
        var world = new EngineWorld(seed);
        var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
        world.run(500);
        publisher.stopMedia();
        world.run(500);
        return world;
    }

    /** Packets of a section that the viewer has agreed on, of which each third is missing. */
    private void sendMuch(EngineWorld world, SimulatedViewer viewer) {
        for (int ssrc = 0; ssrc < SSRCS; ssrc++) {
            SimulatedSource source = source();
            for (int i = 0; i < PACKETS; i++) {
                ByteBuf rtp = next(source, i, world);
                if (i % 3 != 0) {
                    viewer.sendRtp(rtp, world::toEngine);
                }
            }
        }
    }

    private static ByteBuf next(SimulatedSource source, int number, EngineWorld world) {
        SentPacket packet = source.next(new byte[0], true, false, world.nowNanos());
        return source.rtp(packet, number, world.nowNanos());
    }

    @Test
    void nothingIsKeptOfAViewersMediaAndNobodyAsksForMore() {
        try (var world = watchedWorld(1)) {
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(2_000);
            long usedBytes = world.usedBytes();
            long nacks = world.counters().nacksOut.value();

            sendMuch(world, viewer);
            assertThat(world.usedBytes()).isEqualTo(usedBytes);
            world.run(3_000);

            long sent = SSRCS * (PACKETS - (PACKETS + 2) / 3);
            assertThat(world.dropped(DropReason.UNKNOWN_STREAM)).isEqualTo(sent);
            assertThat(world.sessionOf(viewer).view().incomingStreams()).isEmpty();
            assertThat(world.counters().nacksOut.value()).isEqualTo(nacks);
            assertThat(viewer.rtcp(Nack.class)).isEmpty();
            assertThat(viewer.rtcp(ReceiverReport.class)).isEmpty();
            assertThat(viewer.rtcp(TransportFeedback.class)).isEmpty();
        }
    }

    @Test
    void whatAViewerSendsBeforeTheKeysIsNotKeptForThem() {
        try (var world = watchedWorld(2)) {
            var viewer = world.viewer("s", SimulatedViewer.WITH_RTX);
            world.nominate(viewer);
            SimulatedSource source = source();
            long usedBytes = world.usedBytes();
            for (int i = 0; i < PACKETS; i++) {
                world.toEngine(viewer.address(), next(source, i, world));
            }
            assertThat(world.usedBytes()).isEqualTo(usedBytes);
            assertThat(world.dropped(DropReason.NOT_CONNECTED)).isEqualTo(PACKETS);
        }
    }

    @Test
    void aViewersMediaIsASignOfLifeAsHisChecksAre() {
        try (var world = watchedWorld(3)) {
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            viewer.stopChecks();
            SimulatedSource source = source();
            for (int second = 0; second < 60; second++) {
                viewer.sendRtp(next(source, second, world), world::send);
                world.run(1_000);
            }
            assertThat(world.endOf(viewer)).isEmpty();
            world.run(40_000);
            assertThat(world.endOf(viewer)).containsExactly("CONSENT_EXPIRED");
        }
    }

    @Test
    void theFeedbackOfAViewerWhoSendsMediaIsHeard() {
        try (var world = watchedWorld(4)) {
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            sendMuch(world, viewer);
            long requests = world.counters().keyFrameRequestsIn.value();
            viewer.requestKeyFrame(world::toEngine);
            assertThat(world.counters().keyFrameRequestsIn.value()).isEqualTo(requests + 1);
        }
    }
}
