package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.sim.LinkConditions;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One viewer and one publisher of three encodings. */
class SimulcastTest {

    private static final long LOW_BPS = 150_000;
    private static final long MIDDLE_BPS = 500_000;
    private static final long HIGH_BPS = 1_500_000;
    private static final LinkConditions GOOD = LinkConditions.PERFECT.withDelayMillis(5);

    private static SubscribedTrack track(EngineWorld world, SimulatedViewer viewer) {
        Peer peer =
                Objects.requireNonNull(world.engineOf(viewer).sessions().byId(viewer.sessionId()));
        return ((Subscriber) peer)
                .tracks().stream()
                        .filter(track -> track.kind() == MediaKind.VIDEO)
                        .findFirst()
                        .orElseThrow();
    }

    private static PublishedTrack published(EngineWorld world, SimulatedSimulcast publisher) {
        Peer peer =
                Objects.requireNonNull(
                        world.engineOf(publisher).sessions().byId(publisher.sessionId()));
        return ((Publisher) peer)
                .tracks().stream().filter(PublishedTrack::isVideo).findFirst().orElseThrow();
    }

    /** The encodings in the order in which the viewer got them. */
    private static List<Integer> encodings(SimulatedViewer viewer) {
        List<Integer> encodings = new ArrayList<>();
        for (ViewedTrack.Seen seen : viewer.video().packets().values()) {
            byte[] payload = seen.payload();
            boolean startsFrame =
                    payload.length > SimulatedSimulcast.ENCODING_OFFSET && (payload[0] & 0x10) != 0;
            int encoding = startsFrame ? payload[SimulatedSimulcast.ENCODING_OFFSET] : -1;
            if (startsFrame && (encodings.isEmpty() || encodings.getLast() != encoding)) {
                encodings.add(encoding);
            }
        }
        return encodings;
    }

    /** No packet is missing, and pictures and timestamps go on over all changes. */
    private static void assertOneStream(SimulatedViewer viewer) {
        assertThat(viewer.video().missing()).isEmpty();
        ViewedTrack.Seen before = null;
        for (ViewedTrack.Seen seen : viewer.video().packets().values()) {
            if (before != null && seen.payload().length > 6) {
                int pictures = (pictureId(seen) - pictureId(before)) & 0x7FFF;
                long ticks = (seen.timestamp() - before.timestamp()) & 0xFFFF_FFFFL;
                assertThat(pictures).isEqualTo(ticks == 0 ? 0 : 1);
                assertThat((tl0(seen) - tl0(before)) & 0xFF).isEqualTo(pictures);
                assertThat(ticks).isLessThan(90_000);
            }
            before = seen;
        }
    }

    private static int pictureId(ViewedTrack.Seen seen) {
        return ((seen.payload()[2] & 0x7F) << 8) | (seen.payload()[3] & 0xFF);
    }

    private static int tl0(ViewedTrack.Seen seen) {
        return seen.payload()[4];
    }

    /** The viewer wants one of the encodings; the next allocation gives it to him. */
    private static void wish(EngineWorld world, SimulatedViewer viewer, int encoding) {
        int any = LayerWish.ANY;
        track(world, viewer).wish(new LayerWish("r" + encoding, any, any, any, any, any, any, any));
    }

    @Test
    void whoWishesForTheLowestFromTheStartNeverGetsALargerOne() {
        for (int seed = 1; seed <= 10; seed++) {
            try (var world = new EngineWorld(seed)) {
                world.simulcast("s", LOW_BPS, MIDDLE_BPS, HIGH_BPS);
                world.run(1_000);
                var viewer = world.viewer("s", SimulatedViewer.WITH_RTX);
                wish(world, viewer, 0);
                world.connect(viewer);
                world.run(1_000);
                assertThat(encodings(viewer)).containsExactly(0);
            }
        }
    }

    @Test
    void theTrackKnowsWhatItsLayersTake() {
        try (var world = new EngineWorld(1)) {
            world.simulcast("s", LOW_BPS, MIDDLE_BPS, HIGH_BPS);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(5_000);
            List<TrackLayer> layers = track(world, viewer).layers().available(world.nowNanos());
            assertThat(layers).extracting(TrackLayer::index).containsExactly(0, 1, 2);
            assertThat(layers).extracting(TrackLayer::alive).containsOnly(true);
            assertThat(layers.get(0).bps()).isBetween(LOW_BPS * 8 / 10, LOW_BPS * 13 / 10);
            assertThat(layers.get(1).bps()).isBetween(MIDDLE_BPS * 8 / 10, MIDDLE_BPS * 12 / 10);
            assertThat(layers.get(2).bps()).isBetween(HIGH_BPS * 8 / 10, HIGH_BPS * 12 / 10);
            assertThat(layers.get(2).framesPerSecond()).isBetween(28.0, 32.0);
            assertThat(track(world, viewer).layers().current(layers)).isEqualTo(2);
        }
    }

    @Test
    void aChangeOfLayerIsOneStreamToTheViewer() {
        try (var world = new EngineWorld(2)) {
            var publisher = world.simulcast("s", LOW_BPS, MIDDLE_BPS, HIGH_BPS);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(5_000);
            for (int index : new int[] {0, 1, 0, 2, 1}) {
                int keyFrames = publisher.keyFrames(index);
                wish(world, viewer, index);
                world.run(800);
                assertThat(publisher.keyFrames(index)).isEqualTo(keyFrames + 1);
                List<TrackLayer> layers = track(world, viewer).layers().available(world.nowNanos());
                assertThat(track(world, viewer).layers().current(layers)).isEqualTo(index);
            }
            List<Integer> encodings = encodings(viewer);
            assertThat(encodings.subList(encodings.size() - 6, encodings.size()))
                    .containsExactly(2, 0, 1, 0, 2, 1);
            assertOneStream(viewer);
        }
    }

    @Test
    void theOldLayerGoesOnUntilTheKeyFrameOfTheNewOne() {
        try (var world = new EngineWorld(3)) {
            var publisher = world.simulcast("s", LOW_BPS, MIDDLE_BPS, HIGH_BPS);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(3_000);
            publisher.ignorePictureLoss(true);
            wish(world, viewer, 1);
            int before = viewer.video().packets().size();
            world.run(2_500);
            assertThat(encodings(viewer).getLast()).isEqualTo(2);
            assertThat(viewer.video().packets().size() - before).isGreaterThan(200);
            publisher.ignorePictureLoss(false);
            world.run(1_200);
            assertThat(encodings(viewer).getLast()).isEqualTo(1);
            assertOneStream(viewer);
        }
    }

    @Test
    void aLayerThatIsNotSentAnyMoreIsReplacedByTheNextBest() {
        try (var world = new EngineWorld(4)) {
            var publisher = world.simulcast("s", LOW_BPS, MIDDLE_BPS, HIGH_BPS);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(3_000);
            publisher.silence(2, true);
            world.run(1_500);
            assertThat(encodings(viewer).getLast()).isEqualTo(1);
            publisher.silence(2, false);
            world.run(4_000);
            assertThat(encodings(viewer).getLast()).isEqualTo(2);
            assertOneStream(viewer);
        }
    }

    @Test
    void whatNobodyWatchesIsKnownWhereAllAreOnOneLoop() {
        try (var world = EngineWorld.ofLoops(6, 1)) {
            var publisher = world.simulcast("s", LOW_BPS, MIDDLE_BPS, HIGH_BPS);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(5_000);
            PublishedTrack published = published(world, publisher);
            assertThat(published.unwatched(world.nowNanos()))
                    .extracting(TrackLayer::index)
                    .containsExactly(0, 1);
            wish(world, viewer, 0);
            world.run(700);
            assertThat(published.unwatched(world.nowNanos()))
                    .extracting(TrackLayer::index)
                    .containsExactly(1, 2);
        }
    }

    @Test
    void whatIsLostAfterAChangeOfLayerIsRepaired() {
        try (var world = new EngineWorld(7)) {
            world.simulcast("s", LOW_BPS, MIDDLE_BPS, HIGH_BPS);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            viewer.askForNothing();
            world.link(viewer, GOOD);
            world.run(5_000);
            wish(world, viewer, 0);
            world.run(700);
            assertThat(encodings(viewer).getLast()).isZero();
            viewer.stopTransportFeedback();
            world.linkToPeer(viewer, GOOD.withLoss(1));
            world.run(120);
            world.linkToPeer(viewer, GOOD);
            world.run(100);
            assertThat(viewer.video().missing()).isNotEmpty();
            // Repairs may take a share of what is sent, so not all come at once.
            for (int i = 0; i < 10 && !viewer.video().missing().isEmpty(); i++) {
                viewer.nack(viewer.video(), viewer.video().missing(), world::send);
                world.run(100);
            }
            assertOneStream(viewer);
        }
    }

    @Test
    void lossesOfThePublisherAreRepairedUnderTheNumbersLeftForThem() {
        try (var world = new EngineWorld(8)) {
            var publisher = world.simulcast("s", LOW_BPS, MIDDLE_BPS, HIGH_BPS);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(1_500);
            world.link(publisher, GOOD.withReordering(0.1, 15));
            world.run(3_000);
            world.link(publisher, GOOD);
            world.run(300);
            assertOneStream(viewer);
        }
    }
}
