package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtcp.TransportFeedback;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.HandshakeOutcome;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.DtlsFingerprint;

import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** Who begins the DTLS handshake, when, with which certificate. */
class DtlsRolesTest {

    @Test
    void aPublisherThatWaitsForTheHandshakeIsWatched() {
        try (var world = new EngineWorld(1)) {
            var publisher = world.passivePublisher("s", SimulatedPublisher.WITH_RTX);
            world.connect(publisher);
            publisher.startMedia(world.nowNanos());
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(2_000);

            assertThat(viewer.video().packets()).hasSizeGreaterThan(150);
            assertThat(viewer.undecipherable()).isZero();
            assertThat(world.counters().handshake(HandshakeOutcome.CONNECTED).value()).isEqualTo(2);
        }
    }

    /** The publisher has his keys, and sends, while the server waits for his Finished. */
    @Test
    void whatComesBeforeALateHandshakeEndsIsNotLate() {
        try (var world = new EngineWorld(10, WorldSettings.settings(10, 10, true, true))) {
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            var publisher = world.passivePublisher("s", SimulatedPublisher.WITH_RTX);
            PeerLink link = world.linkOf(publisher);
            link.holdLastFlight();
            link.startHandshake();
            world.nominate(publisher);
            world.await(publisher::isConnected);
            publisher.startMedia(world.nowNanos());
            world.run(400);
            assertThat(viewer.video().packets()).isEmpty();

            link.releaseLastFlight();
            world.await(() -> world.sessionOf(publisher).isConnected());
            world.run(1_000);
            publisher.stopMedia();
            world.run(500);
            assertThat(world.dropped(DropReason.OVERLOAD)).isZero();
            var sent = publisher.video().sent();
            ForwardingTest.assertComplete(viewer.video(), sent, sent.size());
        }
    }

    @Test
    void aPeerThatDidNotAgreeOnReducedSizeRtcpGetsCompounds() {
        try (var world = new EngineWorld(4)) {
            var publisher = world.passivePublisher("s", SimulatedPublisher.WITH_RTX);
            world.connect(publisher);
            publisher.startMedia(world.nowNanos());
            world.connectedViewer("s", SimulatedViewer.WITH_RTX).requestKeyFrame(world::send);
            world.run(3_000);

            assertThat(publisher.rtcp(PictureLossIndication.class)).isNotEmpty();
            assertThat(publisher.rtcp(TransportFeedback.class)).isNotEmpty();
            assertThat(publisher.reducedSizeDatagrams()).isZero();
        }
    }

    @Test
    void theServerBeginsOnlyWhenThereIsAPath() {
        try (var world = new EngineWorld(2)) {
            var publisher = world.passivePublisher("s", SimulatedPublisher.WITH_RTX);
            world.linkOf(publisher).startHandshake();
            world.run(5_000);
            assertThat(world.sentTo(publisher.address())).isZero();
            assertThat(world.snapshot().handshakes()).isZero();

            world.connect(publisher);
        }
    }

    @Test
    void aClientHelloThatIsLostIsSentAgain() {
        try (var world = new EngineWorld(3)) {
            var publisher = world.passivePublisher("s", SimulatedPublisher.WITH_RTX);
            world.linkOf(publisher).startHandshake();
            world.linkOf(publisher).turnDeaf();
            world.nominate(publisher);
            world.await(() -> world.sentTo(publisher.address()) == 2);
            world.linkOf(publisher).hearAgain();
            world.run(200);
            world.await(publisher::isConnected);

            assertThat(publisher.isConnected()).isTrue();
        }
    }

    @Test
    void aHandshakeThatFindsTooManyOthersBeginsWhenOneHasEnded() {
        try (var world = new EngineWorld(4, WorldSettings.settings(10, 1, true, true))) {
            var slow = world.viewer("s", SimulatedViewer.WITH_RTX);
            world.nominate(slow);
            world.linkOf(slow).turnDeaf();
            world.linkOf(slow).startHandshake();
            world.await(() -> world.snapshot().handshakes() == 1);
            var publisher = world.passivePublisher("t", SimulatedPublisher.WITH_RTX);
            world.linkOf(publisher).startHandshake();
            world.nominate(publisher);
            world.run(1_000);
            assertThat(world.sentTo(publisher.address())).isEqualTo(1);

            world.end(slow);
            world.run(100);
            world.await(publisher::isConnected);
            assertThat(publisher.isConnected()).isTrue();
        }
    }

    @Test
    void aPeerThatIsSlowHasAllTheTimeThatIsSet() {
        try (var world = new EngineWorld(8, WorldSettings.withHandshakeNanos(15_000_000_000L))) {
            var publisher = world.passivePublisher("s", SimulatedPublisher.WITH_RTX);
            world.nominate(publisher);
            world.await(() -> world.snapshot().handshakes() == 1);
            world.run(14_000);
            world.linkOf(publisher).startHandshake();
            world.run(900);
            world.await(publisher::isConnected);

            assertThat(world.endOf(publisher)).isEmpty();
        }
    }

    @Test
    void aPeerThatSaysNothingIsGivenUpWhenItsTimeIsOver() {
        try (var world = new EngineWorld(9, WorldSettings.withHandshakeNanos(15_000_000_000L))) {
            var publisher = world.passivePublisher("s", SimulatedPublisher.WITH_RTX);
            world.nominate(publisher);
            world.await(() -> world.snapshot().handshakes() == 1);
            world.run(14_900);
            assertThat(world.endOf(publisher)).isEmpty();
            world.run(100);
            assertThat(world.endOf(publisher)).containsExactly("HANDSHAKE_TIMEOUT");
        }
    }

    @Test
    void aPeerWithAnotherCertificateIsTurnedAway() {
        try (var world = new EngineWorld(5)) {
            var active = world.publisher("s", SimulatedPublisher.WITH_RTX);
            world.nominate(active);
            world.linkOf(active).startHandshake(stranger());
            world.await(() -> !world.endOf(active).isEmpty());
            assertThat(world.endOf(active)).containsExactly("WRONG_CERTIFICATE");

            var passive = world.passivePublisher("t", SimulatedPublisher.WITH_RTX);
            world.linkOf(passive).startHandshake(stranger());
            world.nominate(passive);
            world.await(() -> !world.endOf(passive).isEmpty());
            assertThat(world.endOf(passive)).containsExactly("WRONG_CERTIFICATE");
            assertThat(world.counters().handshake(HandshakeOutcome.FAILED).value()).isEqualTo(2);
        }
    }

    private static CertificateIdentity stranger() {
        return CertificateIdentity.generate(new SecureRandom(), Instant.EPOCH, Duration.ofDays(1));
    }

    @Test
    void malformedDtlsIsCountedAsThat() {
        try (var world = new EngineWorld(6)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var random = new Random(6);
            for (int i = 0; i < 1_000; i++) {
                byte[] junk = new byte[1 + random.nextInt(1_400)];
                random.nextBytes(junk);
                junk[0] = (byte) (20 + random.nextInt(44));
                world.toEngine(publisher.address(), Unpooled.wrappedBuffer(junk));
            }
            assertThat(world.dropped(DropReason.MALFORMED_DTLS)).isEqualTo(1_000);
            assertThat(world.dropped(DropReason.DTLS_INBOX_FULL)).isZero();
        }
    }

    @Test
    void aNewCertificateIsForNewSessionsAndTheOthersKeepTheirs() {
        try (var world = new EngineWorld(7)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            DtlsFingerprint first = publisher.serverFingerprint();
            world.run(1_000);
            publisher.stopMedia();
            world.run(WorldSettings.CERTIFICATE_LIFETIME.toMillis());
            publisher.startMedia(world.nowNanos());
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(1_000);

            assertThat(viewer.serverFingerprint()).isNotEqualTo(first);
            assertThat(viewer.video().packets()).isNotEmpty();
            assertThat(world.endOf(publisher)).isEmpty();
        }
    }
}
