package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DropReason;

import org.junit.jupiter.api.Test;

/** Peers that come by TCP connections. */
class TcpPathTest {

    @Test
    void mediaFlowsByConnectionsAsItDoesByUdp() {
        try (var world = new EngineWorld(1)) {
            var publisher = world.publisher("s", SimulatedPublisher.WITH_RTX);
            world.connectByTcp(publisher);
            world.connect(publisher);
            publisher.startMedia(world.nowNanos());
            var viewer = world.viewer("s", SimulatedViewer.WITH_RTX);
            NetworkPath connection = world.connectByTcp(viewer);
            world.connect(viewer);
            int before = world.sentTo(viewer.address());
            world.run(2_000);

            assertThat(world.sentTo(viewer.address()) - before).isGreaterThan(60);
            assertThat(world.isServed(connection)).isTrue();
            assertThat(viewer.undecipherable()).isZero();
            assertThat(world.closedConnections()).isEmpty();
        }
    }

    @Test
    void theEndOfAConnectionIsTheEndOfItsPath() {
        try (var world = new EngineWorld(2)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.viewer("s", SimulatedViewer.WITH_RTX);
            NetworkPath first = world.connectByTcp(viewer);
            world.connect(viewer);
            world.run(500);
            world.disconnect(viewer);
            int before = world.sentTo(viewer.address());
            viewer.stopChecks();
            world.run(500);
            assertThat(world.sentTo(viewer.address())).isEqualTo(before);
            assertThat(world.dropped(DropReason.NO_PATH)).isPositive();
            assertThat(world.isServed(first)).isFalse();

            // The client connects again, and its next check brings the media back.
            world.connectByTcp(viewer);
            world.nominate(viewer);
            world.run(500);
            assertThat(world.sentTo(viewer.address())).isGreaterThan(before);
            assertThat(world.endOf(viewer)).isEmpty();
        }
    }

    @Test
    void theEndOfASessionClosesItsConnections() {
        try (var world = new EngineWorld(3)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.viewer("s", SimulatedViewer.WITH_RTX);
            NetworkPath connection = world.connectByTcp(viewer);
            world.connect(viewer);
            world.end(viewer);
            assertThat(world.closedConnections()).containsExactly(connection);
            assertThat(world.isServed(connection)).isFalse();
        }
    }

    @Test
    void aViewerThatFallsSilentLosesItsConnection() {
        try (var world = new EngineWorld(4)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.viewer("s", SimulatedViewer.WITH_RTX);
            NetworkPath connection = world.connectByTcp(viewer);
            world.connect(viewer);
            viewer.stopChecks();
            world.run(31_000);
            assertThat(world.endOf(viewer)).containsExactly("CONSENT_EXPIRED");
            assertThat(world.closedConnections()).contains(connection);
        }
    }
}
