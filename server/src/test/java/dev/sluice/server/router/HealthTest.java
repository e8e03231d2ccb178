package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.DlrrBlock;
import dev.sluice.media.rtcp.ExtendedReport;
import dev.sluice.media.rtcp.ReceiverReferenceTimeBlock;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.stats.HealthLevel;
import dev.sluice.media.stats.HealthReport;
import dev.sluice.media.time.NtpTime;
import dev.sluice.server.session.IncomingStream;

import org.junit.jupiter.api.Test;

import java.util.List;

class HealthTest {

    private static final long MILLI = 1_000_000;

    private static SessionStats stats(EngineWorld world, SimulatedPeer peer) {
        String publicId = PublicId.of(peer.sessionId());
        return world.stats(publicId);
    }

    private static HealthReport health(EngineWorld world, SimulatedPeer peer) {
        return stats(world, peer).summary().health();
    }

    private static List<String> changes(EngineWorld world, SimulatedPeer peer) {
        return world.events().stream()
                .filter(event -> event.kind() == SessionEvent.Kind.HEALTH_CHANGED)
                .filter(event -> event.sessionId().equals(peer.sessionId()))
                .map(SessionEvent::detail)
                .toList();
    }

    @Test
    void aPublisherIsRatedByTheRoundTripThatItTellsByXr() {
        try (var world = new EngineWorld(1)) {
            var publisher = world.timedPublisher("s", SimulatedPublisher.WITHOUT_RTX);
            world.run(4_000);
            assertThat(health(world, publisher).level()).isEqualTo(HealthLevel.EXCELLENT);
            assertThat(health(world, publisher).rttNanos()).isBetween(20 * MILLI, 21 * MILLI);
            world.link(publisher, LinkConditions.PERFECT.withDelayMillis(60));
            world.run(13_000);
            assertThat(health(world, publisher).level()).isEqualTo(HealthLevel.FAIR);
            assertThat(health(world, publisher).rttNanos()).isBetween(120 * MILLI, 121 * MILLI);
            assertThat(changes(world, publisher)).first().isEqualTo("UNKNOWN to EXCELLENT");
            assertThat(changes(world, publisher)).last().isEqualTo("GOOD to FAIR");
        }
    }

    @Test
    void theRoundTripSetsTheIntervalOfRequests() {
        try (var world = new EngineWorld(2)) {
            var publisher = world.timedPublisher("s", SimulatedPublisher.WITHOUT_RTX);
            world.run(3_000);
            assertThat(world.sessionOf(publisher).view().incomingStreams())
                    .hasSize(2)
                    .extracting(IncomingStream::receive)
                    .allSatisfy(
                            stream ->
                                    assertThat(stream.rttNanos())
                                            .isBetween(20 * MILLI, 21 * MILLI));
        }
    }

    @Test
    void withoutARoundTripLossAndJitterRate() {
        try (var world = new EngineWorld(3)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITHOUT_RTX);
            world.link(publisher, LinkConditions.PERFECT.withDelayMillis(400));
            world.run(15_000);
            assertThat(health(world, publisher).level()).isEqualTo(HealthLevel.EXCELLENT);
            assertThat(health(world, publisher).rttNanos()).isEqualTo(HealthReport.UNKNOWN);
            assertThat(health(world, publisher).lossRatio()).isZero();
        }
    }

    @Test
    void lossOnTheUplinkRatesThePublisherAndIsForgottenWhenItIsOver() {
        try (var world = new EngineWorld(4)) {
            var publisher = world.timedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(3_000);
            world.link(publisher, LinkConditions.PERFECT.withDelayMillis(10).withLoss(0.2));
            world.run(10_000);
            assertThat(health(world, publisher).level()).isEqualTo(HealthLevel.POOR);
            assertThat(health(world, publisher).lossRatio()).isBetween(0.1, 0.3);
            assertThat(health(world, viewer).level()).isEqualTo(HealthLevel.EXCELLENT);
            world.link(publisher, LinkConditions.PERFECT.withDelayMillis(10));
            world.run(13_000);
            assertThat(health(world, publisher).level()).isEqualTo(HealthLevel.EXCELLENT);
        }
    }

    @Test
    void aPeerOfWhomNothingComesIsDisconnected() {
        try (var world = new EngineWorld(5)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.run(3_000);
            publisher.stopMedia();
            publisher.stopChecks();
            world.run(4_500);
            assertThat(health(world, publisher).level()).isNotEqualTo(HealthLevel.DISCONNECTED);
            world.run(2_000);
            assertThat(health(world, publisher).level()).isEqualTo(HealthLevel.DISCONNECTED);
            assertThat(health(world, publisher).score()).isZero();
            assertThat(world.snapshot().sessions(Role.PUBLISHER, HealthLevel.DISCONNECTED))
                    .isEqualTo(1);
        }
    }

    @Test
    void aViewerIsRatedByItsReports() {
        try (var world = new EngineWorld(6)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.link(viewer, LinkConditions.PERFECT.withDelayMillis(40));
            world.run(16_000);
            assertThat(health(world, viewer).level()).isEqualTo(HealthLevel.GOOD);
            assertThat(health(world, viewer).rttNanos()).isBetween(80 * MILLI, 81 * MILLI);
            assertThat(health(world, publisher).level()).isEqualTo(HealthLevel.EXCELLENT);
        }
    }

    @Test
    void aViewerWhoGetsNothingIsNotRated() {
        try (var world = new EngineWorld(7, WorldSettings.settings(10, 10, true, false))) {
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(3_000);
            assertThat(health(world, viewer).level()).isEqualTo(HealthLevel.UNKNOWN);
            assertThat(stats(world, viewer).history()).isEmpty();
        }
    }

    @Test
    void aPeerThatTellsItsTimeIsAnswered() {
        try (var world = new EngineWorld(8)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            long ntp = 0x0123_4567_89AB_CDEFL;
            var time = new ReceiverReferenceTimeBlock(ntp);
            viewer.sendRtcp(List.of(new ExtendedReport(77, List.of(time))), world::send);
            world.run(2_000);
            List<DlrrBlock.Entry> answers =
                    viewer.rtcp(ExtendedReport.class).stream()
                            .flatMap(report -> report.blocks().stream())
                            .filter(DlrrBlock.class::isInstance)
                            .flatMap(block -> ((DlrrBlock) block).entries().stream())
                            .toList();
            assertThat(answers).hasSize(1);
            assertThat(answers.getFirst().ssrc()).isEqualTo(77);
            assertThat(answers.getFirst().lastReceiverReport()).isEqualTo(NtpTime.compact(ntp));
            assertThat(answers.getFirst().delaySinceLastReceiverReport()).isBetween(1L, 65_536L);
        }
    }
}
