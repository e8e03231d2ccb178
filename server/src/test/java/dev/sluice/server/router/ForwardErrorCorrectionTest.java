package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.fec.FecFormat;
import dev.sluice.server.session.DropReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a publisher protects its packets with is undone before viewers get them. */
class ForwardErrorCorrectionTest {

    private static ProtectedPublisher publisher(EngineWorld world, FecFormat format) {
        var publisher = new ProtectedPublisher(5, format);
        world.publishAs("s", publisher);
        return publisher;
    }

    private static SimulatedViewer viewer(EngineWorld world, ProtectedPublisher publisher) {
        publisher.start(world.nowNanos());
        world.run(200);
        var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
        world.run(300);
        return viewer;
    }

    private static Set<ByteBuffer> payloads(ViewedTrack track) {
        return track.packets().values().stream()
                .map(seen -> ByteBuffer.wrap(seen.payload()))
                .collect(Collectors.toSet());
    }

    /** Of what was sent from {@code from} on, what the viewer has not got. */
    private static List<Integer> missing(List<byte[]> sent, int from, ViewedTrack track) {
        Set<ByteBuffer> seen = payloads(track);
        return java.util.stream.IntStream.range(from, sent.size())
                .filter(i -> !seen.contains(ByteBuffer.wrap(sent.get(i))))
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aLossInEachGroupIsMadeGoodWithoutARoundTrip(FecFormat format) {
        try (var world = new EngineWorld(1)) {
            var publisher = publisher(world, format);
            var viewer = viewer(world, publisher);
            int from = publisher.video().size();
            int asked = publisher.pictureLosses();
            publisher.lose(i -> i % 7 == 0, _ -> false, _ -> false);
            world.run(3_000);
            publisher.stop();
            world.run(300);

            int sent = publisher.video().size() - from;
            assertThat(sent).isGreaterThan(400);
            assertThat(missing(publisher.video(), from, viewer.video())).isEmpty();
            assertThat(world.counters().fecRecovered.value())
                    .isBetween(sent / 7L - 1, sent / 7L + 1);
            assertThat(world.counters().fecPacketsIn.value()).isEqualTo(publisher.repairs());
            assertThat(publisher.nacks()).as("recovered before anybody asks").isZero();
            assertThat(publisher.pictureLosses()).isEqualTo(asked);
            assertThat(world.dropped(DropReason.MALFORMED_FEC)).isZero();
            assertThat(world.dropped(DropReason.UNKNOWN_STREAM)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void repairPacketsAreNotForwarded(FecFormat format) {
        try (var world = new EngineWorld(2)) {
            var publisher = publisher(world, format);
            var viewer = viewer(world, publisher);
            world.run(1_000);
            publisher.stop();
            world.run(300);
            assertThat(missing(publisher.video(), 100, viewer.video())).isEmpty();
            assertThat(viewer.video().packets()).hasSizeLessThanOrEqualTo(publisher.video().size());
            assertThat(viewer.video().missing()).as("numbers that repairs had").isEmpty();
            assertThat(world.counters().fecRecovered.value()).isZero();
            assertThat(world.counters().fecPacketsIn.value()).isEqualTo(publisher.repairs());
        }
    }

    @Test
    void aLostRepairInTheMediaNumbersIsNoReasonForAKeyFrame() {
        try (var world = new EngineWorld(3)) {
            var publisher = publisher(world, FecFormat.ULPFEC);
            var viewer = viewer(world, publisher);
            viewer.askForNothing();
            int asked = publisher.pictureLosses();
            publisher.lose(_ -> false, i -> i % 10 == 0, _ -> false);
            world.run(5_000);
            assertThat(publisher.nacks()).isPositive();
            assertThat(world.counters().received.givenUp().value()).isPositive();
            assertThat(publisher.pictureLosses()).isEqualTo(asked);
        }
    }

    @Test
    void redundantAudioFillsLosses() {
        try (var world = new EngineWorld(4)) {
            var publisher = publisher(world, FecFormat.FLEXFEC_03);
            var viewer = viewer(world, publisher);
            int from = publisher.audio().size();
            publisher.lose(_ -> false, _ -> false, i -> i % 3 == 0);
            world.run(3_000);
            publisher.lose(_ -> false, _ -> false, _ -> false);
            world.run(100);
            publisher.stop();
            world.run(300);

            assertThat(missing(publisher.audio(), from, viewer.audio())).isEmpty();
            assertThat(viewer.audio().missing()).isEmpty();
            int lost = (publisher.audio().size() - from) / 3;
            assertThat(world.counters().redRecovered.value()).isBetween(lost - 3L, lost + 1L);
            assertThat(viewer.audio().packets().values())
                    .extracting(ViewedTrack.Seen::timestamp)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aMalformedRepairPacketIsCountedAndHarmsNothing() {
        try (var world = new EngineWorld(5)) {
            var publisher = publisher(world, FecFormat.FLEXFEC_03);
            var viewer = viewer(world, publisher);
            publisher.sendMalformedRepair(world::send);
            world.run(500);
            publisher.stop();
            world.run(300);
            assertThat(world.dropped(DropReason.MALFORMED_FEC)).isEqualTo(1);
            assertThat(missing(publisher.video(), 100, viewer.video())).isEmpty();
        }
    }
}
