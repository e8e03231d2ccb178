package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class LayerWishesTest {

    private static final int ANY = LayerWish.ANY;
    private static final LayerWish LOW = new LayerWish("", ANY, ANY, ANY, ANY, ANY, 180, ANY);

    private static SessionName name(SimulatedPeer viewer) {
        return new SessionName(Role.VIEWER, "s", viewer.sessionId());
    }

    private static List<TrackLayers> layers(LayerOutcome outcome) {
        assertThat(outcome).isInstanceOf(LayerOutcome.Layers.class);
        return ((LayerOutcome.Layers) outcome).tracks();
    }

    private static LayerOutcome.Reason reason(LayerOutcome outcome) {
        assertThat(outcome).isInstanceOf(LayerOutcome.Refused.class);
        return ((LayerOutcome.Refused) outcome).reason();
    }

    @Test
    void aWishIsKeptUntilItIsTakenBack() {
        try (var world = new EngineWorld(1)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            LayerWishes wishes = world.engineOf(viewer).wishes();

            var wished = wishes.wish(name(viewer), null, _ -> LOW, world.nowNanos());
            assertThat(layers(wished)).extracting(TrackLayers::wish).containsExactly(LOW);
            assertThat(layers(wishes.layers(name(viewer), world.nowNanos())))
                    .extracting(TrackLayers::wish)
                    .containsExactly(LOW);
            assertThat(layers(wishes.forget(name(viewer), world.nowNanos())))
                    .extracting(TrackLayers::wish)
                    .containsExactly(LayerWish.AUTOMATIC);
        }
    }

    @Test
    void theLayersAreThoseOfTheVideo() {
        try (var world = new EngineWorld(2)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(3_000);

            TrackLayers video =
                    layers(world.engineOf(viewer).wishes().layers(name(viewer), world.nowNanos()))
                            .getFirst();

            assertThat(video.mid()).isEqualTo(OfferText.VIDEO_MID);
            LayerState layer = video.layers().getFirst();
            assertThat(video.layers()).hasSize(1);
            assertThat(layer.encodingId()).isEmpty();
            assertThat(layer.isActive()).isTrue();
            assertThat(layer.isForwarded()).isTrue();
            int packetBytes = publisher.video().sent().getFirst().payload().length;
            assertThat(layer.bitrateBps())
                    .isBetween(85L * packetBytes * 8, 100L * (packetBytes + 40) * 8);
        }
    }

    @Test
    void eachEncodingIsALayerAndOneIsForwarded() {
        try (var world = new EngineWorld(8)) {
            world.simulcast("s", 150_000, 500_000, 1_500_000);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(5_000);
            LayerWishes wishes = world.engineOf(viewer).wishes();
            var low = new LayerWish("r0", ANY, ANY, ANY, ANY, ANY, ANY, ANY);
            wishes.wish(name(viewer), null, _ -> low, world.nowNanos());
            world.run(1_000);

            List<LayerState> layers =
                    layers(wishes.layers(name(viewer), world.nowNanos())).getFirst().layers();

            assertThat(layers).extracting(LayerState::encodingId).containsExactly("r0", "r1", "r2");
            assertThat(layers).extracting(LayerState::isActive).containsOnly(true);
            assertThat(layers)
                    .extracting(LayerState::isForwarded)
                    .containsExactly(true, false, false);
            assertThat(layers.get(1).bitrateBps()).isBetween(400_000L, 600_000L);
        }
    }

    @Test
    void aMediaIdIsTheMidOrTheIndex() {
        try (var world = new EngineWorld(3)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            LayerWishes wishes = world.engineOf(viewer).wishes();

            assertThat(wishes.wish(name(viewer), "1", _ -> LOW, world.nowNanos()))
                    .isInstanceOf(LayerOutcome.Layers.class);
            var audio = wishes.wish(name(viewer), "0", _ -> LOW, world.nowNanos());
            assertThat(reason(audio)).isEqualTo(LayerOutcome.Reason.UNKNOWN_MEDIA);
            assertThat(((LayerOutcome.Refused) audio).detail()).contains("0").endsWith("is: 1.");
        }
    }

    @Test
    void aLayerThatThereIsNotIsRefusedAndNothingChanges() {
        try (var world = new EngineWorld(4)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(100);
            LayerWishes wishes = world.engineOf(viewer).wishes();
            var high = new LayerWish("h", ANY, ANY, ANY, ANY, ANY, ANY, ANY);

            var outcome = wishes.wish(name(viewer), null, _ -> high, world.nowNanos());

            assertThat(reason(outcome)).isEqualTo(LayerOutcome.Reason.UNKNOWN_LAYER);
            assertThat(layers(wishes.layers(name(viewer), world.nowNanos())))
                    .extracting(TrackLayers::wish)
                    .containsExactly(LayerWish.AUTOMATIC);
        }
    }

    @Test
    void whoWaitsMayWishForAnything() {
        try (var world = new EngineWorld(5, WorldSettings.settings(10, 10, true, false))) {
            var viewer = world.viewer("s", SimulatedViewer.WITH_RTX);
            var high = new LayerWish("h", ANY, ANY, ANY, ANY, ANY, ANY, ANY);

            var outcome =
                    world.engineOf(viewer)
                            .wishes()
                            .wish(name(viewer), null, _ -> high, world.nowNanos());

            assertThat(layers(outcome).getFirst().layers()).isEmpty();
            assertThat(layers(outcome).getFirst().wish()).isEqualTo(high);
        }
    }

    @Test
    void onlyViewersHaveLayers() {
        try (var world = new EngineWorld(6)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            LayerWishes wishes = world.engineOf(publisher).wishes();
            var asPublisher = new SessionName(Role.PUBLISHER, "s", publisher.sessionId());

            assertThat(reason(wishes.layers(asPublisher, world.nowNanos())))
                    .isEqualTo(LayerOutcome.Reason.UNKNOWN_SESSION);
            assertThat(reason(wishes.layers(name(publisher), world.nowNanos())))
                    .isEqualTo(LayerOutcome.Reason.UNKNOWN_SESSION);
        }
    }

    @Test
    void theWishOfAnOfferIsThatOfEveryTrack() {
        try (var world = new EngineWorld(7)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var peer = new SimulatedViewer(9, EngineWorld.address(9), SimulatedViewer.WITH_RTX);
            var offer = peer.offer(EngineWorld.fingerprint());
            var outcome = (OfferOutcome.Accepted) world.watch("s", offer, LOW);
            var name = new SessionName(Role.VIEWER, "s", outcome.sessionId());

            assertThat(
                            layers(
                                    world.engineOf(outcome.sessionId())
                                            .wishes()
                                            .layers(name, world.nowNanos())))
                    .extracting(TrackLayers::wish)
                    .containsExactly(LOW);
        }
    }

    @Test
    void aPictureOfUnknownSizeIsAllowed() {
        assertThat(LOW.allowsSize(320, 180)).isTrue();
        assertThat(LOW.allowsSize(640, 360)).isFalse();
        assertThat(LOW.allowsSize(0, 0)).isTrue();
        assertThat(LayerWish.AUTOMATIC.allowsSize(7_680, 4_320)).isTrue();
        assertThat(LayerWish.AUTOMATIC.allowsBitrate(Long.MAX_VALUE)).isTrue();
    }
}
