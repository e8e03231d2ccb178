package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.server.session.TransportStats;

import org.junit.jupiter.api.Test;

import java.util.List;

class SessionReportsTest {

    private static SessionStats stats(EngineWorld world, SimulatedPeer peer) {
        String publicId = PublicId.of(peer.sessionId());
        return world.stats(publicId);
    }

    private static InboundRtpStats video(SessionStats publisher) {
        return publisher.inbound().stream()
                .filter(stream -> stream.kind() == MediaKind.VIDEO)
                .findFirst()
                .orElseThrow();
    }

    private static OutboundRtpStats videoTo(SessionStats viewer) {
        return viewer.outbound().stream()
                .filter(stream -> stream.kind() == MediaKind.VIDEO)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theListNamesSessionsByWhatGivesNoRightOverThem() {
        try (var world = new EngineWorld(1)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.viewer("s", SimulatedViewer.WITH_RTX);
            world.run(2_000);

            List<SessionSummary> list = world.sessions();

            assertThat(list)
                    .extracting(SessionSummary::role)
                    .containsExactly(Role.PUBLISHER, Role.VIEWER);
            assertThat(list).extracting(SessionSummary::isConnected).containsExactly(true, false);
            assertThat(list).extracting(SessionSummary::stream).containsOnly("s");
            assertThat(list)
                    .extracting(SessionSummary::publicId)
                    .doesNotContain(publisher.sessionId(), viewer.sessionId())
                    .doesNotHaveDuplicates()
                    .allMatch(id -> id.matches("[0-9a-f]{16}"));
            assertThat(list.getFirst().ageNanos()).isBetween(2_000_000_000L, 3_000_000_000L);
            assertThat(
                            world.engineOf(publisher)
                                    .reports()
                                    .stats(publisher.sessionId(), world.nowNanos()))
                    .isEmpty();
        }
    }

    @Test
    void anEndedSessionIsNotListed() {
        try (var world = new EngineWorld(2)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.end(publisher);

            assertThat(world.sessions()).isEmpty();
            assertThat(
                            world.engineOf(publisher)
                                    .reports()
                                    .stats(PublicId.of(publisher.sessionId()), world.nowNanos()))
                    .isEmpty();
        }
    }

    @Test
    void whoseUrlIsKnownIsToldOfInItsRoleAndStreamOnly() {
        try (var world = new EngineWorld(3)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var reports = world.engineOf(publisher).reports();
            var own = new SessionName(Role.PUBLISHER, "s", publisher.sessionId());
            var asViewer = new SessionName(Role.VIEWER, "s", publisher.sessionId());

            assertThat(reports.stats(own, world.nowNanos())).isPresent();
            assertThat(reports.stats(asViewer, world.nowNanos())).isEmpty();
        }
    }

    @Test
    void whatAPublisherSendsIsCounted() {
        try (var world = new EngineWorld(4)) {
            var publisher = world.timedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.link(publisher, LinkConditions.PERFECT.withDelayMillis(10).withLoss(0.05));
            world.run(5_000);
            world.link(publisher, LinkConditions.PERFECT.withDelayMillis(10));
            publisher.stopMedia();
            world.run(1_000);

            SessionStats stats = stats(world, publisher);

            InboundRtpStats video = video(stats);
            assertThat(video.ssrc()).isEqualTo(publisher.video().ssrc());
            assertThat(video.mid()).isEqualTo(OfferText.VIDEO_MID);
            assertThat(video.totals().packets())
                    .isLessThanOrEqualTo(publisher.video().sent().size())
                    .isGreaterThan(publisher.video().sent().size() * 9L / 10);
            assertThat(video.totals().retransmittedPackets()).isPositive();
            assertThat(video.packetsLost()).isPositive();
            assertThat(video.totals().markedPackets()).isBetween(130L, 155L);
            assertThat(video.asked().nacks()).isPositive();
            assertThat(video.codec()).isNotNull();
            assertThat(video.report()).isNotNull();
            assertThat(stats.roundTrip().measurements()).isPositive();
            assertThat(stats.outbound()).isEmpty();
            assertThat(stats.sending()).isNull();
        }
    }

    @Test
    void whatAViewerGetsIsCounted() {
        try (var world = new EngineWorld(5)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.linkToPeer(viewer, LinkConditions.PERFECT.withDelayMillis(10).withLoss(0.05));
            world.run(5_000);

            SessionStats stats = stats(world, viewer);

            OutboundRtpStats video = videoTo(stats);
            assertThat(video.ssrc()).isEqualTo(viewer.video().ssrc());
            assertThat(video.isFollowing()).isTrue();
            assertThat(video.retransmittedPackets()).isPositive();
            assertThat(video.packetsSent())
                    .isGreaterThan(video.retransmittedPackets())
                    .isGreaterThan(viewer.video().packets().size());
            assertThat(video.asked().nacks()).isPositive();
            assertThat(video.report()).isNotNull();
            assertThat(video.roundTrip().rttNanos()).isBetween(20_000_000L, 21_000_000L);
            assertThat(stats.sending()).isNotNull();
            assertThat(stats.inbound()).isEmpty();
            TransportStats transport = stats.transport();
            assertThat(transport.dtls()).isEqualTo(TransportStats.Dtls.CONNECTED);
            assertThat(transport.ice()).isEqualTo(TransportStats.Ice.CONNECTED);
            assertThat(transport.srtpCipher()).isEqualTo("SRTP_AEAD_AES_128_GCM");
            assertThat(transport.path())
                    .extracting(path -> path.remote())
                    .isEqualTo(viewer.address());
            assertThat(transport.packetsSent()).isGreaterThan(video.packetsSent());
            assertThat(transport.bytesReceived()).isPositive();
        }
    }

    @Test
    void aSessionThatHasNotConnectedHasAnEmptyTransport() {
        try (var world = new EngineWorld(6)) {
            var publisher = world.publisher("s", SimulatedPublisher.WITH_RTX);

            TransportStats transport = stats(world, publisher).transport();

            assertThat(transport.dtls()).isEqualTo(TransportStats.Dtls.NEW);
            assertThat(transport.ice()).isEqualTo(TransportStats.Ice.NEW);
            assertThat(transport.srtpCipher()).isEmpty();
            assertThat(transport.path()).isNull();
        }
    }
}
