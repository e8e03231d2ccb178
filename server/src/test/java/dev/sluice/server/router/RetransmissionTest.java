package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.LinkConditions;
import dev.sluice.server.router.OfferText.Formats;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class RetransmissionTest {

    private static final LinkConditions GOOD = LinkConditions.PERFECT.withDelayMillis(30);

    /** A round trip of 60 ms, which the viewer's reports have told, and some packets lost. */
    private static SimulatedViewer viewerWithLoss(EngineWorld world, Formats formats) {
        var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
        var viewer = world.connectedViewer("s", formats);
        viewer.askForNothing();
        world.link(viewer, GOOD);
        world.run(4_000);
        viewer.stopTransportFeedback();
        world.linkToPeer(viewer, GOOD.withLoss(1));
        world.run(70);
        world.linkToPeer(viewer, GOOD);
        world.run(100);
        publisher.stopMedia();
        world.run(500);
        return viewer;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersANackOnceInARoundTrip(boolean rtx) {
        try (var world = new EngineWorld(1)) {
            var viewer =
                    viewerWithLoss(
                            world, rtx ? SimulatedViewer.WITH_RTX : SimulatedViewer.WITHOUT_RTX);
            List<Integer> missing = viewer.video().missing();
            assertThat(missing).hasSizeBetween(5, 9);
            for (int i = 0; i < 5; i++) {
                viewer.nack(viewer.video(), missing, world::send);
                world.run(10);
            }
            world.run(200);
            assertThat(world.counters().retransmittedOut.value()).isEqualTo(missing.size());
            assertThat(viewer.video().missing()).isEmpty();
            assertThat(viewer.video().packets().values().stream().filter(p -> p.repaired()))
                    .hasSize(rtx ? missing.size() : 0);
            viewer.nack(viewer.video(), missing, world::send);
            world.run(200);
            assertThat(world.counters().retransmittedOut.value()).isEqualTo(2L * missing.size());
        }
    }

    @Test
    void whatFeedbackCallsLostIsSentAgainUnasked() {
        try (var world = new EngineWorld(5)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            viewer.askForNothing();
            world.link(viewer, GOOD);
            world.run(4_000);
            world.linkToPeer(viewer, GOOD.withLoss(1));
            world.run(70);
            world.linkToPeer(viewer, GOOD);
            world.run(200);
            assertThat(viewer.video().missing()).isEmpty();
            long repaired =
                    viewer.video().packets().values().stream().filter(p -> p.repaired()).count();
            assertThat(repaired).isBetween(5L, 9L);
            assertThat(world.counters().retransmittedOut.value()).isEqualTo(repaired);
        }
    }

    /** With so much loss each answer is sent twice. */
    @Test
    void copiesAreOfThePacketThatWasLost() {
        try (var world = new EngineWorld(6)) {
            world.simulcast("s", 150_000, 500_000, 1_500_000);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.linkToPeer(viewer, GOOD.withRate(2_500_000).withLoss(0.06));
            world.run(60_000);
            assertThat(viewer.video().repeated()).isGreaterThan(50);
        }
    }

    @Test
    void audioIsRepairedWithoutRtx() {
        try (var world = new EngineWorld(2)) {
            var viewer = viewerWithLoss(world, SimulatedViewer.WITH_RTX);
            List<Integer> missing = viewer.audio().missing();
            assertThat(missing).hasSizeBetween(3, 4);
            viewer.nack(viewer.audio(), missing, world::send);
            world.run(200);
            assertThat(viewer.audio().missing()).isEmpty();
            assertThat(
                            world.counters()
                                    .srtpFailure(dev.sluice.srtp.context.SrtpStatus.REPLAYED)
                                    .value())
                    .isZero();
        }
    }

    @Test
    void soundIsNotSentAgainToWhomHasNotAgreedOnThat() {
        try (var world = new EngineWorld(2)) {
            var viewer = viewerWithLoss(world, new Formats(109, 100, 101, false));
            List<Integer> missing = viewer.audio().missing();
            assertThat(missing).hasSizeBetween(3, 4);
            viewer.nack(viewer.audio(), missing, world::send);
            world.run(200);
            assertThat(viewer.audio().missing()).containsAll(missing);
            assertThat(world.counters().retransmittedOut.value()).isZero();
        }
    }

    @Test
    void sendsNothingForNumbersThatWereNeverSent() {
        try (var world = new EngineWorld(3)) {
            var viewer = viewerWithLoss(world, SimulatedViewer.WITHOUT_RTX);
            int last = (int) (viewer.video().packets().lastKey() & 0xFFFF);
            viewer.nack(
                    viewer.video(),
                    List.of((last + 1) & 0xFFFF, (last + 30_000) & 0xFFFF),
                    world::send);
            world.run(200);
            assertThat(world.counters().retransmittedOut.value()).isZero();
        }
    }

    /** As those of the first time do. */
    @Test
    void theBytesOfADatagramThatLeavesAgainCountWithoutTheTag() {
        try (var world = new EngineWorld(6)) {
            var viewer = viewerWithLoss(world, SimulatedViewer.WITHOUT_RTX);
            int sentBefore = world.sentSizesBytes().size();
            long bytesBefore = world.counters().rtpBytesOut.value();

            viewer.nack(viewer.video(), viewer.video().missing().subList(0, 1), world::send);
            world.run(100);

            assertThat(world.counters().retransmittedOut.value()).isEqualTo(1);
            long bytes = world.counters().rtpBytesOut.value() - bytesBefore;
            List<Integer> sizes = world.sentSizesBytes();
            assertThat(sizes.subList(sentBefore, sizes.size()))
                    .contains((int) bytes + SrtpProfile.AEAD_AES_128_GCM.rtpTagSizeBytes());
        }
    }

    @Test
    void aNackForAnotherOnesStreamIsIgnored() {
        try (var world = new EngineWorld(4)) {
            var viewer = viewerWithLoss(world, SimulatedViewer.WITH_RTX);
            var other = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            other.nack(viewer.video(), viewer.video().missing(), world::send);
            world.run(200);
            assertThat(world.counters().nacksIn.value()).isEqualTo(1);
            assertThat(world.counters().retransmittedOut.value()).isZero();
        }
    }

    @Test
    void whatIsAskedForLongAfterTheLastKeyFrameIsSentAgain() {
        try (var world = new EngineWorld(10, WorldSettings.unpaced(), 1)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            viewer.askForNothing();
            world.run(500);
            publisher.stopMedia();
            world.run(200);
            // More than half of the number space, without a key frame.
            for (int i = 0; i < 40_000; i++) {
                var packet = publisher.video().next(new byte[] {0}, false, true, world.nowNanos());
                ByteBuf rtp = publisher.video().rtp(packet, i & 0xFFFF, world.nowNanos());
                publisher.sendRtp(rtp, world::send);
                if (i % 100 == 0) {
                    world.run(1);
                }
            }
            world.run(200);
            int last = (int) (viewer.video().packets().lastKey() & 0xFFFF);
            viewer.nack(viewer.video(), List.of(last), world::send);
            world.run(200);

            assertThat(viewer.video().packets()).hasSizeGreaterThan(40_000);
            assertThat(world.counters().retransmittedOut.value()).isEqualTo(1);
        }
    }
}
