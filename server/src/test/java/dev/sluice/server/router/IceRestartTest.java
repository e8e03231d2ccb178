package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.sdp.IceFragment;
import dev.sluice.media.sdp.SdpParseException;
import dev.sluice.server.session.DropReason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;

class IceRestartTest {

    private static final InetSocketAddress NEW_ADDRESS =
            new InetSocketAddress("203.0.113.77", 50_077);

    private final IceCredentials newCredentials = IceCredentials.random(new Random(77));

    private static PatchOutcome patch(
            EngineWorld world, SimulatedPeer peer, @Nullable String etag, IceFragment fragment) {
        return world.engineOf(peer)
                .patch(peer.sessionId(), etag, fragment, world.nowNanos(), world.output());
    }

    private IceFragment restartFragment() {
        return new IceFragment(newCredentials.ufrag(), newCredentials.password(), List.of(), true);
    }

    private static IceCredentials credentials(PatchOutcome.Restarted restarted) {
        try {
            IceFragment answer = IceFragment.parse(restarted.fragmentSdp());
            return new IceCredentials(answer.ufrag(), answer.pwd());
        } catch (SdpParseException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theOldPathServesUntilTheNewOneIsNominated() {
        try (var world = new EngineWorld(1)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(1_000);
            var outcome = patch(world, viewer, viewer.etag(), restartFragment());
            var restarted = (PatchOutcome.Restarted) outcome;
            assertThat(restarted.etag()).isNotEqualTo(viewer.etag());
            // Nothing nominated yet: media goes on, and so do checks under the old credentials.
            viewer.startChecks(world.nowNanos());
            world.run(1_000);
            assertThat(viewer.isNominated()).isTrue();
            InetSocketAddress oldAddress = viewer.address();
            viewer.restart(newCredentials, credentials(restarted), restarted.etag());
            viewer.moveTo(NEW_ADDRESS);
            world.nominate(viewer);
            int sentToOld = world.sentTo(oldAddress);
            world.run(1_000);
            assertThat(world.sentTo(oldAddress)).isEqualTo(sentToOld);
            assertThat(world.sentTo(NEW_ADDRESS)).isGreaterThan(100);
            publisher.stopMedia();
            world.run(500);
            ForwardingTest.assertComplete(viewer.video(), publisher.video().sent(), 240);
        }
    }

    @Test
    void theOldPathAndTheOldCredentialsAreNobodysAfterwards() {
        try (var world = new EngineWorld(2)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.run(200);
            publisher.stopMedia();
            world.run(200);
            InetSocketAddress oldAddress = publisher.address();
            var oldCheck = publisher.check(false);
            var restarted =
                    (PatchOutcome.Restarted)
                            patch(world, publisher, publisher.etag(), restartFragment());
            publisher.restart(newCredentials, credentials(restarted), restarted.etag());
            publisher.moveTo(NEW_ADDRESS);
            world.nominate(publisher);
            world.toEngine(oldAddress, oldCheck);
            assertThat(world.dropped(DropReason.UNKNOWN_UFRAG)).isEqualTo(1);
            int last = publisher.video().sent().getLast().sequenceNumber();
            world.toEngine(oldAddress, publisher.video().sealed(last));
            assertThat(world.dropped(DropReason.UNVALIDATED_ADDRESS)).isEqualTo(1);
        }
    }

    /** The old path carried the handshake, and the new one is a connection that ends. */
    @Test
    void nothingGoesToTheOldPathWhenTheNewOneIsGone() {
        try (var world = new EngineWorld(6)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(200);
            InetSocketAddress oldAddress = viewer.address();
            var restarted =
                    (PatchOutcome.Restarted) patch(world, viewer, viewer.etag(), restartFragment());
            viewer.restart(newCredentials, credentials(restarted), restarted.etag());
            viewer.moveTo(NEW_ADDRESS);
            world.connectByTcp(viewer);
            world.nominate(viewer);
            viewer.stopChecks();
            world.disconnect(viewer);
            int sentToOld = world.sentTo(oldAddress);
            world.run(1_000);
            assertThat(world.sentTo(oldAddress)).isEqualTo(sentToOld);
            assertThat(world.dropped(DropReason.NO_PATH)).isPositive();
        }
    }

    @Test
    void anEarlierEntityTagChangesNothing() {
        try (var world = new EngineWorld(3)) {
            var viewer = viewerOfNothing(world);
            assertThat(patch(world, viewer, "\"other\"", restartFragment()))
                    .extracting("reason")
                    .isEqualTo(PatchOutcome.Reason.STALE_ETAG);
            assertThat(patch(world, viewer, "\"" + viewer.etag() + "\"", restartFragment()))
                    .isInstanceOf(PatchOutcome.Restarted.class);
            assertThat(patch(world, viewer, viewer.etag(), restartFragment()))
                    .extracting("reason")
                    .isEqualTo(PatchOutcome.Reason.STALE_ETAG);
        }
    }

    @Test
    void trickledCandidatesAreTaken() {
        try (var world = new EngineWorld(4)) {
            var viewer = viewerOfNothing(world);
            var fragment =
                    new IceFragment(
                            viewer.localCredentials().ufrag(),
                            viewer.localCredentials().password(),
                            List.of("1 1 udp 2122260223 198.51.100.9 9999 typ host"),
                            false);
            assertThat(patch(world, viewer, viewer.etag(), fragment))
                    .isEqualTo(new PatchOutcome.Trickled());
        }
    }

    @Test
    void refusesWhatIsNoSessionAndWhatIsNoCredential() {
        try (var world = new EngineWorld(5)) {
            var viewer = viewerOfNothing(world);
            assertThat(
                            world.engineOf("none")
                                    .patch(
                                            "none",
                                            null,
                                            restartFragment(),
                                            world.nowNanos(),
                                            world.output()))
                    .extracting("reason")
                    .isEqualTo(PatchOutcome.Reason.UNKNOWN_SESSION);
            assertThat(
                            patch(
                                    world,
                                    viewer,
                                    null,
                                    new IceFragment("abcd", "short", List.of(), true)))
                    .extracting("reason")
                    .isEqualTo(PatchOutcome.Reason.MALFORMED);
        }
    }

    private static SimulatedViewer viewerOfNothing(EngineWorld world) {
        world.publisher("s", SimulatedPublisher.WITH_RTX);
        return world.viewer("s", SimulatedViewer.WITH_RTX);
    }
}
