package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.PictureLossIndication;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class KeyFrameTest {

    private static final long MILLI = 1_000_000L;

    @Test
    void aViewerWhoJoinsLateStartsWithAKeyFrame() {
        try (var world = new EngineWorld(1)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.run(2_000);
            assertThat(publisher.pictureLossNanos()).isEmpty();
            long joinedNanos = world.nowNanos();
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(1_000);
            assertThat(publisher.pictureLossNanos()).hasSize(1);
            assertThat(publisher.pictureLossNanos().getFirst() - joinedNanos)
                    .isLessThan(100 * MILLI);
            publisher.stopMedia();
            world.run(500);
            ForwardingTest.assertComplete(viewer.video(), publisher.video().sent(), 60);
            ForwardingTest.assertComplete(viewer.audio(), publisher.audio().sent(), 40);
        }
    }

    @Test
    void aStreamThatBeginsWithAKeyFrameIsNotAskedForOne() {
        try (var world = new EngineWorld(2)) {
            var publisher = world.publisher("s", SimulatedPublisher.WITH_RTX);
            world.connect(publisher);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            publisher.startMedia(world.nowNanos());
            world.run(3_000);
            assertThat(publisher.pictureLossNanos()).isEmpty();
            assertThat(viewer.video().packets()).hasSizeGreaterThan(250);
        }
    }

    @Test
    void manyViewersAtOnceCostThePublisherFewKeyFrames() {
        try (var world = new EngineWorld(3)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.run(1_000);
            List<SimulatedViewer> viewers = new ArrayList<>();
            long joinedNanos = world.nowNanos();
            for (int i = 0; i < 5; i++) {
                viewers.add(world.connectedViewer("s", SimulatedViewer.WITH_RTX));
            }
            assertThat(world.nowNanos() - joinedNanos).isLessThan(450 * MILLI);
            world.run(2_000);
            assertThat(publisher.pictureLossNanos()).hasSizeBetween(1, 2);
            for (SimulatedViewer viewer : viewers) {
                assertThat(viewer.video().packets()).hasSizeGreaterThan(100);
            }
        }
    }

    @Test
    void asksAgainUntilAKeyFrameComes() {
        try (var world = new EngineWorld(4)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.run(1_000);
            publisher.ignorePictureLoss();
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(4_500);
            assertThat(publisher.pictureLossNanos()).hasSizeBetween(4, 6);
            assertThat(viewer.video().packets()).isEmpty();
            assertThat(viewer.audio().packets()).hasSizeGreaterThan(200);
        }
    }

    @Test
    void aViewersPictureLossReachesThePublisherThrottled() {
        try (var world = new EngineWorld(5)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(2_000);
            int before = publisher.pictureLossNanos().size();
            for (int i = 0; i < 20; i++) {
                viewer.requestKeyFrame(world::send);
                world.run(10);
            }
            assertThat(publisher.pictureLossNanos()).hasSize(before + 1);
            world.run(1_000);
            assertThat(publisher.pictureLossNanos()).hasSizeBetween(before + 1, before + 2);
            assertThat(publisher.rtcp(PictureLossIndication.class))
                    .extracting(PictureLossIndication::mediaSsrc)
                    .containsOnly(publisher.video().ssrc());
        }
    }
}
