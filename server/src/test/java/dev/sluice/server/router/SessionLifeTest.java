package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.Bye;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.HandshakeOutcome;

import org.junit.jupiter.api.Test;

class SessionLifeTest {

    @Test
    void aViewerThatFallsSilentIsLeftAlone() {
        try (var world = new EngineWorld(1)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(1_000);
            viewer.stopChecks();
            world.run(24_000);
            assertThat(world.endOf(viewer)).isEmpty();
            world.run(6_000);
            assertThat(world.endOf(viewer)).containsExactly("CONSENT_EXPIRED");
            // Without consent not even a goodbye is sent (RFC 7675 section 5.1).
            int sent = world.sentTo(viewer.address());
            world.run(2_000);
            assertThat(world.sentTo(viewer.address())).isEqualTo(sent);
            assertThat(viewer.rtcp(Bye.class)).isEmpty();
            assertThat(viewer.isClosed()).isFalse();
            assertThat(world.snapshot().viewers()).isEmpty();
        }
    }

    @Test
    void aSilentPublisherEndsAndTakesItsViewersAlong() {
        try (var world = new EngineWorld(2)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            publisher.stopChecks();
            publisher.stopMedia();
            world.run(31_000);
            assertThat(world.endOf(publisher)).containsExactly("CONSENT_EXPIRED");
            assertThat(world.endOf(viewer)).containsExactly("PUBLISHER_LEFT");
            assertThat(world.snapshot()).isEqualTo(EngineSnapshot.EMPTY);
        }
    }

    @Test
    void aPublisherThatSendsMediaButNoMoreChecksStays() {
        try (var world = new EngineWorld(2)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            publisher.stopChecks();
            world.run(65_000);
            assertThat(world.endOf(publisher)).isEmpty();
            publisher.stopMedia();
            world.run(31_000);
            assertThat(world.endOf(publisher)).containsExactly("CONSENT_EXPIRED");
        }
    }

    @Test
    void aHandshakeThatDoesNotFinishIsFreed() {
        try (var world = new EngineWorld(3)) {
            var publisher = world.publisher("s", SimulatedPublisher.WITH_RTX);
            world.nominate(publisher);
            world.linkOf(publisher).turnDeaf();
            world.linkOf(publisher).startHandshake();
            world.await(() -> world.snapshot().handshakes() == 1);
            world.run(9_900);
            assertThat(world.endOf(publisher)).isEmpty();
            world.run(200);
            assertThat(world.endOf(publisher)).hasSize(1);
            assertThat(world.snapshot()).isEqualTo(EngineSnapshot.EMPTY);
            assertThat(world.counters().handshake(HandshakeOutcome.CONNECTED).value()).isZero();
        }
    }

    @Test
    void noMoreHandshakesRunAtOnceThanAllowed() {
        try (var world = new EngineWorld(4, WorldSettings.settings(10, 1, true, true))) {
            var slow = world.viewer("s", SimulatedViewer.WITH_RTX);
            var refused = world.viewer("s", SimulatedViewer.WITH_RTX);
            world.nominate(slow);
            world.nominate(refused);
            world.linkOf(slow).turnDeaf();
            world.linkOf(slow).startHandshake();
            world.await(() -> world.snapshot().handshakes() == 1);
            world.linkOf(refused).startHandshake();
            world.await(() -> world.dropped(DropReason.HANDSHAKE_LIMIT) > 0);
            assertThat(world.snapshot().handshakes()).isEqualTo(1);
            world.end(slow);
            assertThat(world.snapshot().handshakes()).isZero();
        }
    }

    @Test
    void aPeerThatNeverComesIsForgotten() {
        try (var world = new EngineWorld(5)) {
            var publisher = world.publisher("s", SimulatedPublisher.WITH_RTX);
            world.run(29_999);
            assertThat(world.endOf(publisher)).isEmpty();
            world.run(1);
            assertThat(world.endOf(publisher)).containsExactly("CONNECT_TIMEOUT");
            assertThat(world.snapshot()).isEqualTo(EngineSnapshot.EMPTY);
        }
    }

    @Test
    void viewersAreToldWhenThePublisherIsDeleted() {
        try (var world = new EngineWorld(6)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(1_000);
            assertThat(world.end(publisher)).isTrue();
            assertThat(world.end(publisher)).isFalse();
            publisher.stopMedia();
            world.await(() -> viewer.isClosed() && publisher.isClosed());
            world.run(50);
            assertThat(viewer.rtcp(Bye.class).getFirst().ssrcs())
                    .containsExactly(viewer.audio().ssrc(), viewer.video().ssrc());
            assertThat(world.endOf(publisher)).containsExactly("DELETED");
            assertThat(world.endOf(viewer)).containsExactly("PUBLISHER_LEFT");
            assertThat(world.snapshot()).isEqualTo(EngineSnapshot.EMPTY);
        }
    }

    @Test
    void aPublisherThatClosesItsTransportHasLeft() {
        try (var world = new EngineWorld(7)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.linkOf(publisher).close();
            world.await(() -> !world.endOf(publisher).isEmpty());
            assertThat(world.endOf(publisher)).containsExactly("PEER_CLOSED");
        }
    }

    @Test
    void aShutdownTellsEverybody() {
        var world = new EngineWorld(8);
        var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
        var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
        world.run(500);
        publisher.stopMedia();
        world.shutdown();
        world.await(() -> viewer.isClosed() && publisher.isClosed());
        world.run(50);
        assertThat(viewer.rtcp(Bye.class)).hasSize(1);
        assertThat(world.endOf(viewer)).containsExactly("SHUTDOWN");
        assertThat(world.publish("t"))
                .extracting("reason")
                .isEqualTo(OfferOutcome.Reason.SHUTTING_DOWN);
        world.close();
    }
}
