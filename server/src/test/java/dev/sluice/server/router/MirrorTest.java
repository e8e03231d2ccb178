package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.LinkConditions;
import dev.sluice.server.session.DropReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Viewers on other loops than their publisher's. */
class MirrorTest {

    private static final LinkConditions GOOD = LinkConditions.PERFECT.withDelayMillis(30);

    @Test
    void viewersOfAllLoopsGetEverythingInOrderAndEachLoopIsBroughtItOnce() {
        try (var world = EngineWorld.ofLoops(1, 3)) {
            var publisher = world.publisherBy(1, "s");
            List<SimulatedViewer> viewers = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                viewers.add(world.viewerBy(i % 3, "s"));
            }
            long before = world.counters().mirroredOut.value();
            int sentBefore = sent(publisher);
            world.run(3_000);
            publisher.stopMedia();
            world.run(200);
            for (SimulatedViewer viewer : viewers) {
                ForwardingTest.assertComplete(viewer.video(), publisher.video().sent(), 220);
                ForwardingTest.assertComplete(viewer.audio(), publisher.audio().sent(), 140);
            }
            int sent = sent(publisher) - sentBefore;
            // A frame was under way before.
            assertThat(world.counters().mirroredOut.value() - before)
                    .isBetween(2L * sent, 2L * (sent + 4));
            assertThat(world.counters().retransmittedOut.value()).isZero();
        }
    }

    private static int sent(SimulatedPublisher publisher) {
        return publisher.video().sent().size() + publisher.audio().sent().size();
    }

    @Test
    void whatAViewerOfAnotherLoopLosesTheMirrorSendsAgain() {
        try (var world = EngineWorld.ofLoops(2, 2)) {
            var publisher = world.publisherBy(0, "s");
            var viewer = world.viewerBy(1, "s");
            world.run(500);
            world.linkToPeer(viewer, GOOD.withLoss(0.1));
            world.run(5_000);
            world.linkToPeer(viewer, GOOD);
            world.run(300);
            publisher.stopMedia();
            world.run(1_000);
            assertThat(world.counters().retransmittedOut.value()).isGreaterThan(40);
            assertThat(world.counters().nacksOut.value()).isZero();
            ForwardingTest.assertComplete(viewer.video(), publisher.video().sent(), 450);
        }
    }

    @Test
    void whatThePublisherSendsAgainReachesTheViewersOfAnotherLoop() {
        try (var world = EngineWorld.ofLoops(3, 2)) {
            var publisher = world.publisherBy(0, "s");
            var viewer = world.viewerBy(1, "s");
            world.run(500);
            world.link(publisher, GOOD.withLoss(0.1).withReordering(0.05, 15));
            world.run(5_000);
            world.link(publisher, GOOD);
            world.run(300);
            publisher.stopMedia();
            world.run(1_000);
            ForwardingTest.assertComplete(viewer.video(), publisher.video().sent(), 450);
        }
    }

    @Test
    void aPictureLossOfAnotherLoopReachesThePublisherThrottled() {
        try (var world = EngineWorld.ofLoops(4, 3)) {
            var publisher = world.publisherBy(0, "s");
            var here = world.viewerBy(0, "s");
            var one = world.viewerBy(1, "s");
            var other = world.viewerBy(2, "s");
            world.run(2_000);
            int before = publisher.pictureLossNanos().size();
            for (int i = 0; i < 20; i++) {
                here.requestKeyFrame(world::send);
                one.requestKeyFrame(world::send);
                other.requestKeyFrame(world::send);
                world.run(10);
            }
            assertThat(publisher.pictureLossNanos()).hasSize(before + 1);
            world.run(1_000);
            assertThat(publisher.pictureLossNanos()).hasSizeBetween(before + 1, before + 3);
        }
    }

    @Test
    void thePublishersClockReachesTheViewersOfAnotherLoop() {
        try (var world = EngineWorld.ofLoops(5, 2)) {
            world.publisherBy(0, "s");
            world.run(3_000);
            var viewer = world.viewerBy(1, "s");
            world.run(3_000);
            assertThat(viewer.video().reports()).hasSizeBetween(3, 4);
            assertThat(viewer.audio().reports()).hasSizeBetween(3, 4);
        }
    }

    @Test
    void theEndOfAPublisherIsTheEndOfItsViewersOnAllLoops() {
        try (var world = EngineWorld.ofLoops(6, 3)) {
            var publisher = world.publisherBy(0, "s");
            var one = world.viewerBy(1, "s");
            var other = world.viewerBy(2, "s");
            world.run(500);
            world.end(publisher);
            publisher.stopMedia();
            world.run(100);
            assertThat(world.endOf(one)).containsExactly("PUBLISHER_LEFT");
            assertThat(world.endOf(other)).containsExactly("PUBLISHER_LEFT");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void viewersThatWaitSeeTheNextPublisherOnWhateverLoopHeIs(int next) {
        try (var world = new EngineWorld(7, WorldSettings.settings(50, 50, true, false), 3)) {
            var first = world.publisherBy(0, "s");
            List<SimulatedViewer> viewers = new ArrayList<>();
            for (int loop = 0; loop < 3; loop++) {
                viewers.add(world.viewerBy(loop, "s"));
            }
            world.run(1_000);
            world.end(first);
            first.stopMedia();
            world.run(1_000);
            viewers.forEach(viewer -> assertThat(world.endOf(viewer)).isEmpty());
            List<Integer> before = viewers.stream().map(v -> v.video().packets().size()).toList();
            var second = world.publisherBy(next, "s");
            world.run(2_000);
            second.stopMedia();
            world.run(300);
            for (int i = 0; i < viewers.size(); i++) {
                assertEndsWith(viewers.get(i).video(), before.get(i), second.video().sent());
            }
        }
    }

    @Test
    void aPublisherKeepsTheViewersOfHisLoopThoughTheEndOfTheOneBeforeIsHeardOfLater() {
        try (var world = new EngineWorld(8, WorldSettings.settings(50, 50, true, false), 2)) {
            var first = world.publisherBy(0, "s");
            var viewer = world.viewerBy(1, "s");
            world.run(1_000);
            world.stall(1);
            world.end(first);
            first.stopMedia();
            first.stopChecks();
            var second = world.publisherAdmittedBy(1, "s");
            world.resume(1);
            world.run(20);
            world.connect(second);
            int before = viewer.video().packets().size();
            second.startMedia(world.nowNanos());
            world.run(2_000);
            second.stopMedia();
            world.run(300);
            assertEndsWith(viewer.video(), before, second.video().sent());
        }
    }

    private static void assertEndsWith(ViewedTrack viewed, int before, List<SentPacket> sent) {
        assertThat(viewed.missing()).isEmpty();
        List<ViewedTrack.Seen> seen = List.copyOf(viewed.packets().values());
        List<ViewedTrack.Seen> after = seen.subList(before, seen.size());
        assertThat(after).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(Arrays.equals(after.get(i).payload(), sent.get(i).payload())).isTrue();
        }
    }

    @Test
    void nothingIsBroughtToALoopWithoutViewers() {
        try (var world = EngineWorld.ofLoops(8, 2)) {
            world.publisherBy(0, "s");
            world.viewerBy(0, "s");
            world.run(500);
            assertThat(world.counters().mirroredOut.value()).isZero();
            var viewer = world.viewerBy(1, "s");
            world.run(500);
            assertThat(world.counters().mirroredOut.value()).isPositive();
            world.end(viewer);
            world.run(10);
            long mirrored = world.counters().mirroredOut.value();
            world.run(500);
            assertThat(world.counters().mirroredOut.value()).isEqualTo(mirrored);
            var again = world.viewerBy(1, "s");
            world.run(1_000);
            assertThat(again.video().packets()).hasSizeGreaterThan(80);
        }
    }

    @Test
    void aStalledLoopHoldsNobodyUpAndIsHealedByAKeyFrame() {
        try (var world = EngineWorld.ofLoops(9, 3)) {
            var publisher = world.publisherBy(0, "s");
            var here = world.viewerBy(0, "s");
            var beside = world.viewerBy(2, "s");
            var behind = world.viewerBy(1, "s");
            world.run(1_000);
            int requests = publisher.pictureLossNanos().size();
            world.stall(1);
            world.run(20_000);
            long lost = world.dropped(DropReason.MIRROR_FULL);
            assertThat(lost).isBetween(1_500L, 2_500L);
            assertThat(publisher.pictureLossNanos()).hasSize(requests);
            behind.askForNothing();
            world.resume(1);
            world.run(100);
            assertThat(publisher.pictureLossNanos()).hasSize(requests + 1);
            int before = behind.video().packets().size();
            world.run(1_000);
            assertThat(behind.video().packets().size() - before).isGreaterThan(80);
            assertThat(world.dropped(DropReason.MIRROR_FULL)).isEqualTo(lost);
            publisher.stopMedia();
            world.run(300);
            ForwardingTest.assertComplete(here.video(), publisher.video().sent(), 1_900);
            ForwardingTest.assertComplete(beside.video(), publisher.video().sent(), 1_900);
        }
    }

    @Test
    void theLayersOfAMirrorAreThoseOfThePublisher() {
        try (var world = EngineWorld.ofLoops(10, 2)) {
            world.lead(EngineWorld.address(1), 0);
            world.simulcast("s", 150_000, 500_000, 1_500_000);
            var viewer = world.viewerBy(1, "s");
            world.run(5_000);
            var name = new SessionName(Role.VIEWER, "s", viewer.sessionId());
            var outcome =
                    (LayerOutcome.Layers) world.engine(1).wishes().layers(name, world.nowNanos());
            List<LayerState> layers = outcome.tracks().getFirst().layers();
            assertThat(layers).hasSize(3).allMatch(LayerState::isActive);
            assertThat(layers.get(2).isForwarded()).isTrue();
            assertThat(layers.get(0).bitrateBps()).isBetween(100_000L, 200_000L);
        }
    }

    @Test
    void aMirrorKnowsTheSizesOfPicturesBeforeAKeyFrameTellsThem() {
        try (var world = EngineWorld.ofLoops(11, 2)) {
            world.lead(EngineWorld.address(1), 0);
            world.simulcast("s", 150_000, 500_000, 1_500_000);
            world.run(5_000);
            best(world, 0).resolution(0, 1_280, 720);
            world.viewerBy(1, "s");
            world.run(1_000);

            assertThat(best(world, 1).incoming().ssrc())
                    .isEqualTo(best(world, 0).incoming().ssrc());
            assertThat(best(world, 1).height(0)).isEqualTo(720);
        }
    }

    private static PublishedStream best(EngineWorld world, int loop) {
        Room room = Objects.requireNonNull(world.engine(loop).rooms().find("s"));
        return Objects.requireNonNull(room.tracks()).stream()
                .filter(PublishedTrack::isVideo)
                .map(track -> track.order().ordered().getLast())
                .findFirst()
                .orElseThrow();
    }

    /** Publishers and viewers come and go on any loop while letters overtake each other. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whoIsThereInTheEndSeesWhoPublishesInTheEnd(int seed) {
        Random random = new Random(seed);
        try (var world = new EngineWorld(seed, WorldSettings.settings(90, 90, true, false), 3)) {
            world.letMailBeUnruly();
            List<SimulatedViewer> viewers = new ArrayList<>();
            SimulatedPublisher publisher = world.publisherBy(random.nextInt(3), "s");
            for (int i = 0; i < 25; i++) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        world.end(publisher);
                        publisher.stopMedia();
                        publisher.stopChecks();
                        publisher = world.publisherBy(random.nextInt(3), "s");
                    }
                    case 1 -> {
                        if (!viewers.isEmpty()) {
                            var gone = viewers.remove(random.nextInt(viewers.size()));
                            gone.stopChecks();
                            world.end(gone);
                        }
                    }
                    default -> viewers.add(world.viewerBy(random.nextInt(3), "s"));
                }
                world.run(random.nextInt(50));
            }
            world.run(2_000);
            for (SimulatedViewer viewer : viewers) {
                int before = viewer.video().packets().size();
                int sent = publisher.video().sent().size();
                world.run(300);
                int came = viewer.video().packets().size() - before;
                assertThat(came).isCloseTo(publisher.video().sent().size() - sent, within(6));
            }
        }
    }

    private static org.assertj.core.data.Offset<Integer> within(int packets) {
        return org.assertj.core.data.Offset.offset(packets);
    }

    @Test
    void whoWaitsGoesOnWaitingWhenAnOfferToPublishIsRefusedOnAnotherLoop() {
        var settings = WorldSettings.settings(100, 100, true, true);
        try (var world = new EngineWorld(31, settings, 2)) {
            var waiting = world.viewerBy(1, "s");
            MediaEngine here = world.engineOf(waiting);
            // The name is taken while the offer is looked at, and somebody comes to this loop.
            world.whereabouts().claimStream("s", 0);
            world.act(1, _ -> here.mirrors().want(Objects.requireNonNull(here.rooms().find("s"))));
            world.whereabouts().releaseStream("s");
            world.run(100);
            assertThat(world.endOf(waiting)).isEmpty();

            var publisher = world.publisherBy(0, "s");
            world.run(1_000);
            publisher.stopMedia();
            world.run(200);
            ForwardingTest.assertComplete(waiting.video(), publisher.video().sent(), 60);
        }
    }
}
