package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunIntegrity;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;
import dev.sluice.server.session.DropReason;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Random;

/** Sessions between loops: made on one, they go to that which their packets reach. */
class MovesTest {

    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("203.0.113.9", 50_009);

    /** All but the password is right, as with one who has overheard a check. */
    private static ByteBuf forged(SimulatedPeer peer) {
        IceCredentials server = peer.remoteCredentials();
        ByteBuf request = Unpooled.buffer();
        StunWriter.begin(
                        request,
                        StunClass.REQUEST,
                        StunMessage.BINDING,
                        new byte[StunMessage.TRANSACTION_ID_SIZE_BYTES])
                .username(server.ufrag() + ":" + peer.localCredentials().ufrag())
                .priority(1)
                .iceControlling(7)
                .useCandidate()
                .messageIntegrity(StunIntegrity.ofPassword("a password that is not right"))
                .fingerprint();
        return request;
    }

    @Test
    void aSessionGoesToTheLoopThatItsFirstCheckReachesAndStaysThere() {
        try (var world = EngineWorld.ofLoops(1, 2)) {
            var publisher = world.publisherBy(1, "s");
            assertThat(world.loopOf(publisher)).isEqualTo(1);
            var viewer = world.strangerBy(0, "s");
            assertThat(world.loopOf(viewer)).isEqualTo(1);
            world.nominate(viewer);
            assertThat(world.loopOf(viewer)).isZero();
            long moved = world.counters().sessionsMoved.value();
            long handedOver = world.counters().handedOver.value();
            world.connect(viewer);
            world.run(2_000);
            assertThat(world.counters().sessionsMoved.value()).isEqualTo(moved);
            assertThat(world.counters().handedOver.value()).isEqualTo(handedOver);
            assertThat(world.endOf(viewer)).isEmpty();
        }
    }

    @Test
    void whatAnOfferWishedGoesAlong() {
        try (var world = EngineWorld.ofLoops(2, 2)) {
            world.publisherBy(0, "s");
            var viewer = world.strangerBy(1, "s");
            var name = new SessionName(Role.VIEWER, "s", viewer.sessionId());
            var wish = new LayerWish("", 1, 1, 1, 1, 640, 480, 1_000_000);
            var _ = world.engineOf(viewer).wishes().wish(name, null, _ -> wish, world.nowNanos());
            world.connect(viewer);
            assertThat(world.loopOf(viewer)).isEqualTo(1);
            Peer peer = world.engine(1).sessions().byId(viewer.sessionId());
            assertThat(((Subscriber) Objects.requireNonNull(peer)).tracks())
                    .filteredOn(track -> track.kind() == MediaKind.VIDEO)
                    .extracting(SubscribedTrack::wish)
                    .containsExactly(wish);
        }
    }

    @Test
    void forgedChecksMoveNothingAndAreNotAnswered() {
        try (var world = EngineWorld.ofLoops(3, 2)) {
            world.publisherBy(0, "s");
            var viewer = world.strangerBy(0, "s");
            world.lead(ELSEWHERE, 1);
            for (int i = 0; i < 50; i++) {
                world.toEngine(ELSEWHERE, forged(viewer));
            }
            assertThat(world.loopOf(viewer)).isZero();
            assertThat(world.dropped(DropReason.STUN_NOT_AUTHENTIC)).isEqualTo(50);
            assertThat(world.sentTo(ELSEWHERE)).isZero();
            world.connect(viewer);
            assertThat(world.loopOf(viewer)).isZero();
        }
    }

    @Test
    void aFloodOfForgedChecksIsCutWhereItComesIn() {
        try (var world = EngineWorld.ofLoops(4, 2)) {
            var publisher = world.publisherBy(0, "s");
            var viewer = world.viewerBy(0, "s");
            world.lead(ELSEWHERE, 1);
            world.stall(0);
            for (int i = 0; i < 5_000; i++) {
                world.toEngine(ELSEWHERE, forged(viewer));
            }
            assertThat(world.dropped(DropReason.HANDOVER_FULL))
                    .isEqualTo(5_000 - Strays.MAX_CHECKS);
            world.resume(0);
            world.run(1_000);
            assertThat(world.dropped(DropReason.STUN_NOT_AUTHENTIC)).isEqualTo(Strays.MAX_CHECKS);
            assertThat(world.endOf(viewer)).isEmpty();
            assertThat(world.endOf(publisher)).isEmpty();
        }
    }

    @Test
    void theLoopOfTheFirstDtlsHasTheSessionWhereChecksCameByMore() {
        try (var world = EngineWorld.ofLoops(5, 3)) {
            var publisher = world.publisherBy(0, "s");
            var viewer = world.strangerBy(2, "s");
            world.lead(ELSEWHERE, 1);
            world.toEngine(ELSEWHERE, viewer.check(false));
            assertThat(world.loopOf(viewer)).isEqualTo(1);
            world.nominate(viewer);
            assertThat(world.loopOf(viewer)).isEqualTo(1);
            world.connect(viewer);
            assertThat(world.loopOf(viewer)).isEqualTo(2);
            viewer.startReporting(world.nowNanos());
            world.run(1_000);
            // The path that was found first is still the peer's.
            int answered = world.sentTo(ELSEWHERE);
            world.toEngine(ELSEWHERE, viewer.check(false));
            assertThat(world.sentTo(ELSEWHERE)).isEqualTo(answered + 1);
            assertThat(world.loopOf(viewer)).isEqualTo(2);
            publisher.stopMedia();
            world.run(500);
            ForwardingTest.assertComplete(viewer.video(), publisher.video().sent(), 85);
        }
    }

    @Test
    void aConnectedViewerWhoComesFromElsewhereIsServedFromWhereHeWas() {
        try (var world = EngineWorld.ofLoops(6, 2)) {
            var publisher = world.publisherBy(0, "s");
            var viewer = world.viewerBy(0, "s");
            world.run(1_000);
            world.lead(ELSEWHERE, 1);
            viewer.moveTo(ELSEWHERE);
            world.nominate(viewer);
            int before = world.sentTo(ELSEWHERE);
            world.linkToPeer(viewer, LinkConditions.PERFECT.withDelayMillis(10).withLoss(0.05));
            world.run(3_000);
            world.linkToPeer(viewer, LinkConditions.PERFECT.withDelayMillis(10));
            world.run(300);
            publisher.stopMedia();
            world.run(500);
            assertThat(world.loopOf(viewer)).isZero();
            assertThat(world.sentTo(ELSEWHERE) - before).isGreaterThan(400);
            assertThat(world.counters().handedOver.value()).isGreaterThan(50);
            // What he missed he asked for by the other loop.
            ForwardingTest.assertComplete(viewer.video(), publisher.video().sent(), 350);
        }
    }

    @Test
    void mediaOfAPublisherWhoComesFromElsewhereIsHandedOverInOrder() {
        try (var world = EngineWorld.ofLoops(7, 2)) {
            var publisher = world.publisherBy(0, "s");
            var viewer = world.viewerBy(0, "s");
            world.run(1_000);
            world.lead(ELSEWHERE, 1);
            publisher.moveTo(ELSEWHERE);
            world.nominate(publisher);
            world.run(3_000);
            publisher.stopMedia();
            world.run(500);
            ForwardingTest.assertComplete(viewer.video(), publisher.video().sent(), 350);
            assertThat(world.counters().nacksOut.value()).isZero();
            assertThat(world.loopOf(publisher)).isZero();
        }
    }

    @Test
    void aPathOfAnotherLoopsSessionIsNotTakenByAForgedSourceAddress() {
        try (var world = EngineWorld.ofLoops(8, 2)) {
            world.publisherBy(0, "s");
            var viewer = world.viewerBy(0, "s");
            world.lead(ELSEWHERE, 1);
            viewer.moveTo(ELSEWHERE);
            world.nominate(viewer);
            for (int loop = 0; loop < 2; loop++) {
                var attacker = world.viewerBy(loop, "s");
                long taken = world.dropped(DropReason.PATH_TAKEN);
                world.toEngine(ELSEWHERE, attacker.check(true));
                assertThat(world.dropped(DropReason.PATH_TAKEN)).isEqualTo(taken + 1);
            }
            int before = world.sentTo(ELSEWHERE);
            world.run(1_000);
            assertThat(world.sentTo(ELSEWHERE) - before).isGreaterThan(100);
        }
    }

    @Test
    void aPathIsAnothersWhenItsSessionOfAnotherLoopHasEnded() {
        try (var world = EngineWorld.ofLoops(9, 2)) {
            world.publisherBy(0, "s");
            var first = world.viewerBy(0, "s");
            world.lead(ELSEWHERE, 1);
            first.moveTo(ELSEWHERE);
            world.nominate(first);
            world.end(first);
            first.stopChecks();
            first.moveTo(EngineWorld.address(250));
            var second = world.viewerBy(1, "s");
            second.moveTo(ELSEWHERE);
            world.nominate(second);
            int before = world.sentTo(ELSEWHERE);
            world.run(1_000);
            assertThat(world.sentTo(ELSEWHERE) - before).isGreaterThan(90);
            assertThat(world.dropped(DropReason.PATH_TAKEN)).isZero();
        }
    }

    @Test
    void aConnectionOfAnotherLoopCarriesMediaBothWays() {
        try (var world = EngineWorld.ofLoops(10, 2)) {
            var publisher = world.publisherBy(0, "s");
            var viewer = world.viewerBy(0, "s");
            world.run(500);
            world.lead(ELSEWHERE, 1);
            viewer.moveTo(ELSEWHERE);
            NetworkPath connection = world.connectByTcp(viewer);
            world.nominate(viewer);
            assertThat(world.engine(1).isServed(connection)).isTrue();
            int before = world.sentTo(ELSEWHERE);
            world.run(1_000);
            assertThat(world.sentTo(ELSEWHERE) - before).isGreaterThan(100);
            assertThat(world.loopOf(viewer)).isZero();
            publisher.stopMedia();
            world.run(300);
            ForwardingTest.assertComplete(viewer.video(), publisher.video().sent(), 130);
            world.end(viewer);
            assertThat(world.closedConnections()).containsExactly(connection);
            assertThat(world.engine(1).isServed(connection)).isFalse();
        }
    }

    @Test
    void twoWhoPublishTheSameNameOnTwoLoopsAreOne() {
        try (var world = EngineWorld.ofLoops(11, 4)) {
            for (int round = 0; round < 20; round++) {
                String stream = "s" + round;
                long accepted = 0;
                for (int loop = 0; loop < 4; loop++) {
                    var peer =
                            new SimulatedPublisher(
                                    99, EngineWorld.address(99), SimulatedPublisher.WITH_RTX);
                    OfferOutcome outcome =
                            world.engine(loop)
                                    .publish(
                                            stream,
                                            peer.offer(EngineWorld.fingerprint()),
                                            world.nowNanos(),
                                            world.output());
                    accepted += outcome instanceof OfferOutcome.Accepted ? 1 : 0;
                }
                assertThat(accepted).isEqualTo(1);
            }
        }
    }

    @Test
    void theLimitOfSessionsIsThatOfAllLoops() {
        try (var world = new EngineWorld(12, WorldSettings.settings(3, 10, true, true), 3)) {
            assertThat(world.watch("s")).isInstanceOf(OfferOutcome.Accepted.class);
            assertThat(world.watch("t")).isInstanceOf(OfferOutcome.Accepted.class);
            assertThat(world.publish("t")).isInstanceOf(OfferOutcome.Accepted.class);
            for (int i = 0; i < 10; i++) {
                assertThat(world.watch("u"))
                        .extracting("reason")
                        .isEqualTo(OfferOutcome.Reason.SERVER_FULL);
            }
        }
    }

    /** Letters overtake each other, checks come by any loop, and sessions end at any time. */
    @Test
    void whateverOvertakesWhatNothingIsLostAndNothingStays() {
        for (int seed = 100; seed < 112; seed++) {
            Random random = new Random(seed);
            try (var world =
                    new EngineWorld(seed, WorldSettings.settings(50, 50, true, false), 3)) {
                world.letMailBeUnruly();
                var publisher = world.publisher("s", SimulatedPublisher.WITH_RTX);
                var viewer = world.viewer("s", SimulatedViewer.WITH_RTX);
                var leaving = world.viewer("s", SimulatedViewer.WITH_RTX);
                for (int i = 0; i < 20; i++) {
                    SimulatedPeer peer =
                            switch (random.nextInt(3)) {
                                case 0 -> publisher;
                                case 1 -> viewer;
                                default -> leaving;
                            };
                    InetSocketAddress from =
                            new InetSocketAddress("203.0.113.9", 50_000 + random.nextInt(30));
                    world.lead(from, random.nextInt(3));
                    world.toEngine(from, peer.check(false));
                    world.run(random.nextInt(30));
                    if (i == 10) {
                        world.end(leaving);
                    }
                }
                world.connect(publisher);
                world.connect(viewer);
                publisher.startMedia(world.nowNanos());
                viewer.startReporting(world.nowNanos());
                world.run(2_000);
                publisher.stopMedia();
                world.run(500);
                ForwardingTest.assertComplete(viewer.video(), publisher.video().sent(), 90);
            }
        }
    }
}
