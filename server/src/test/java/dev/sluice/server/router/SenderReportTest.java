package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtcp.SourceDescription;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.time.NtpTime;

import org.junit.jupiter.api.Test;

import java.util.List;

class SenderReportTest {

    @Test
    void audioAndVideoStayInThePublishersTime() {
        try (var world = new EngineWorld(1)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.link(publisher, LinkConditions.PERFECT.withDelayMillis(40).withJitterMillis(5));
            world.run(5_000);
            publisher.stopMedia();
            world.run(500);
            assertInPublishersTime(viewer.audio(), publisher.audio(), 48_000);
            assertInPublishersTime(viewer.video(), publisher.video(), 90_000);
            assertThat(cnames(viewer)).containsOnly("sluice-s");
        }
    }

    /** A report says the same of the publisher's clock as the packets' timestamps do. */
    private static void assertInPublishersTime(
            ViewedTrack viewed, SimulatedSource source, int clockRateHz) {
        List<ViewedTrack.Seen> seen = List.copyOf(viewed.packets().values());
        SentPacket first = source.sent().get(source.sent().size() - seen.size());
        long offset = seen.getFirst().timestamp() - first.timestamp();
        assertThat(viewed.reports()).hasSizeBetween(4, 6);
        for (ViewedTrack.Told told : viewed.reports()) {
            SenderReport report = told.report();
            long unixNanos = NtpTime.toUnixNanos(report.ntpTime());
            long saidNanos = unixNanos - SimulatedPublisher.CLOCK.unixNanosAtZero();
            int off = (int) (report.rtpTimestamp() - source.timestamp(saidNanos) - offset);
            // Within 6 ms: the report's own way to the server varies by 5.
            assertThat(Math.abs(off)).isLessThan(clockRateHz * 6 / 1_000);
            assertThat(told.atNanos() - saidNanos).isBetween(0L, 100_000_000L);
        }
    }

    @Test
    void nothingIsReportedBeforeThePublisherToldItsClock() {
        try (var world = new EngineWorld(2)) {
            var publisher = world.publisher("s", SimulatedPublisher.WITH_RTX);
            world.connect(publisher);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            publisher.startMedia(world.nowNanos());
            world.run(240);
            assertThat(viewer.video().packets()).isNotEmpty();
            assertThat(viewer.video().reports()).isEmpty();
            world.run(60);
            assertThat(viewer.video().reports()).hasSize(1);
        }
    }

    @Test
    void countsWhatWasSentToTheViewer() {
        try (var world = new EngineWorld(3)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.run(2_000);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(3_000);
            publisher.stopMedia();
            world.run(1_500);
            SenderReport last = viewer.video().reports().getLast().report();
            int packets = viewer.video().packets().size();
            assertThat(last.packetCount()).isEqualTo(packets);
            assertThat(last.octetCount())
                    .isEqualTo(
                            viewer.video().packets().values().stream()
                                    .mapToLong(packet -> packet.payload().length)
                                    .sum());
        }
    }

    private static List<String> cnames(SimulatedViewer viewer) {
        return viewer.rtcp(SourceDescription.class).stream()
                .flatMap(description -> description.chunks().stream())
                .map(chunk -> String.valueOf(chunk.cname()))
                .toList();
    }
}
