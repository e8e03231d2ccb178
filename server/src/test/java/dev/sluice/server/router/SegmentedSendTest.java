package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentedSendTest {

    @Test
    void thePacketsOfAFrameLeaveTogetherToEachViewerThoughTheirSizesDiffer() {
        try (var world = new EngineWorld(1)) {
            var publisher = world.publisher("s", SimulatedPublisher.WITH_RTX);
            world.connect(publisher);
            var one = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            var other = world.connectedViewer("s", SimulatedViewer.WITHOUT_RTX);
            publisher.startMedia(world.nowNanos());
            world.run(1_000);
            publisher.stopMedia();
            world.run(200);

            int frames = publisher.video().sent().size() / 3;
            assertThat(world.runs().stream().filter(run -> run >= 3).count())
                    .isGreaterThanOrEqualTo(2L * frames - 4);
            assertThat(world.counters().equalizingBytesOut.value())
                    .isBetween((long) frames, 3L * frames);
            ForwardingTest.assertComplete(one.video(), publisher.video().sent(), 85);
            ForwardingTest.assertComplete(other.video(), publisher.video().sent(), 85);
            ForwardingTest.assertComplete(one.audio(), publisher.audio().sent(), 45);
        }
    }

    @Test
    void byTcpPacketsLeaveAsTheyAreForNothingWouldCutThem() {
        try (var world = new EngineWorld(2)) {
            var publisher = world.publisher("s", SimulatedPublisher.WITH_RTX);
            world.connect(publisher);
            var viewer = world.viewer("s", SimulatedViewer.WITH_RTX);
            world.connectByTcp(viewer);
            world.connect(viewer);
            viewer.startReporting(world.nowNanos());
            publisher.startMedia(world.nowNanos());
            world.run(1_000);
            publisher.stopMedia();
            world.run(200);

            assertThat(world.runs()).isEmpty();
            assertThat(world.counters().equalizingBytesOut.value()).isZero();
            ForwardingTest.assertComplete(viewer.video(), publisher.video().sent(), 85);
        }
    }
}
