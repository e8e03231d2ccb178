package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.Bye;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class RoomTest {

    @Test
    void aStreamHasOnePublisher() {
        try (var world = new EngineWorld(1)) {
            world.publisher("s", SimulatedPublisher.WITH_RTX);
            assertThat(world.publish("s"))
                    .extracting("reason")
                    .isEqualTo(OfferOutcome.Reason.STREAM_TAKEN);
            assertThat(world.publish("t")).isInstanceOf(OfferOutcome.Accepted.class);
        }
    }

    @Test
    void aStreamThatNobodyPublishesCannotBeWatched() {
        try (var world = new EngineWorld(2)) {
            assertThat(world.watch("s"))
                    .extracting("reason")
                    .isEqualTo(OfferOutcome.Reason.NOBODY_PUBLISHES);
            assertThat(world.snapshot()).isEqualTo(EngineSnapshot.EMPTY);
        }
    }

    @Test
    void aFullServerTakesNobodyUntilSomebodyLeaves() {
        try (var world = new EngineWorld(3, WorldSettings.settings(2, 10, true, true))) {
            world.publisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.viewer("s", SimulatedViewer.WITH_RTX);
            assertThat(world.watch("s"))
                    .extracting("reason")
                    .isEqualTo(OfferOutcome.Reason.SERVER_FULL);
            world.end(viewer);
            assertThat(world.watch("s")).isInstanceOf(OfferOutcome.Accepted.class);
        }
    }

    @Test
    void aRefusedOfferLeavesNothing() {
        try (var world = new EngineWorld(4)) {
            var offer =
                    OfferText.parse(
                            """
                            v=0
                            o=- 1 2 IN IP4 127.0.0.1
                            s=-
                            t=0 0
                            """);
            assertThat(world.publish("s", offer))
                    .extracting("reason")
                    .isEqualTo(OfferOutcome.Reason.UNACCEPTABLE_OFFER);
            assertThat(world.snapshot()).isEqualTo(EngineSnapshot.EMPTY);
            assertThat(world.publish("s")).isInstanceOf(OfferOutcome.Accepted.class);
        }
    }

    @Test
    void aViewerThatWaitedBeforeThePublisherCameGetsTheStream() {
        try (var world = new EngineWorld(5, WorldSettings.settings(10, 10, true, false))) {
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(2_000);
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.run(1_000);
            publisher.stopMedia();
            world.run(200);
            ForwardingTest.assertComplete(viewer.video(), publisher.video().sent(), 90);
        }
    }

    @Test
    void aWaitingViewerSeesTheNextPublisherWithoutAGapInItsNumbers() {
        try (var world = new EngineWorld(6, WorldSettings.settings(10, 10, false, false))) {
            var first = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(2_000);
            world.end(first);
            first.stopMedia();
            world.run(3_000);
            assertThat(world.endOf(viewer)).isEmpty();
            assertThat(viewer.rtcp(Bye.class)).isEmpty();
            int before = viewer.video().packets().size();
            var second = world.connectedPublisher("s", SimulatedPublisher.WITHOUT_RTX);
            world.run(2_000);
            second.stopMedia();
            world.run(200);
            assertContinued(viewer.video(), before, second.video().sent(), 90_000);
            assertThat(viewer.audio().missing()).isEmpty();
        }
    }

    private static void assertContinued(
            ViewedTrack viewed, int before, List<SentPacket> sent, int clockRateHz) {
        assertThat(viewed.missing()).isEmpty();
        List<ViewedTrack.Seen> seen = List.copyOf(viewed.packets().values());
        List<ViewedTrack.Seen> after = seen.subList(before, seen.size());
        assertThat(after).hasSameSizeAs(sent);
        assertThat(sent.getFirst().startsKeyFrame()).isTrue();
        for (int i = 0; i < sent.size(); i++) {
            assertThat(Arrays.equals(after.get(i).payload(), sent.get(i).payload())).isTrue();
        }
        // The timestamps went on by the time that passed in between: a little over 3 s.
        long pause =
                (after.getFirst().timestamp() - seen.get(before - 1).timestamp()) & 0xFFFF_FFFFL;
        assertThat(pause).isBetween(3L * clockRateHz, 4L * clockRateHz);
    }
}
