package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.LinkConditions;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;

class ForwardingTest {

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false", "4, false"})
    void theViewerGetsEveryPacketInTheEndDespiteLossReorderingAndDuplication(
            long seed, boolean rtx) {
        try (var world = new EngineWorld(seed)) {
            var publisher =
                    world.publisher(
                            "s",
                            rtx ? SimulatedPublisher.WITH_RTX : SimulatedPublisher.WITHOUT_RTX);
            world.connect(publisher);
            var viewer =
                    world.connectedViewer(
                            "s", rtx ? SimulatedViewer.WITH_RTX : SimulatedViewer.WITHOUT_RTX);
            var rough =
                    LinkConditions.PERFECT
                            .withDelayMillis(20)
                            .withJitterMillis(4)
                            .withLoss(rtx ? 0.1 : 0.05)
                            .withReordering(0.05, 15)
                            .withDuplication(0.03);
            // The key frame comes through: what is missing before another one, nobody asks for.
            publisher.startMedia(world.nowNanos());
            world.run(100);
            world.link(publisher, rough);
            world.link(viewer, rough);
            world.run(10_000);
            // What is lost last, nobody misses: the end goes over good links.
            world.link(publisher, LinkConditions.PERFECT.withDelayMillis(20));
            world.link(viewer, LinkConditions.PERFECT.withDelayMillis(20));
            world.run(300);
            publisher.stopMedia();
            world.run(2_000);
            assertComplete(viewer.audio(), publisher.audio().sent(), 450);
            assertComplete(viewer.video(), publisher.video().sent(), 850);
        }
    }

    /** Every packet from the first on that the viewer got, with the same bytes and distances. */
    static void assertComplete(ViewedTrack viewed, List<SentPacket> sent, int atLeast) {
        assertThat(viewed.missing()).isEmpty();
        List<ViewedTrack.Seen> seen = List.copyOf(viewed.packets().values());
        int joined = sent.size() - seen.size();
        assertThat(seen).hasSizeBetween(atLeast, sent.size());
        assertThat(sent.get(joined).startsKeyFrame()).isTrue();
        long offset = seen.getFirst().timestamp() - sent.get(joined).timestamp();
        for (int i = 0; i < seen.size(); i++) {
            ViewedTrack.Seen packet = seen.get(i);
            SentPacket original = sent.get(joined + i);
            boolean isSame =
                    Arrays.equals(packet.payload(), original.payload())
                            && packet.marker() == original.marker()
                            && packet.timestamp()
                                    == ((original.timestamp() + offset) & 0xFFFF_FFFFL);
            assertThat(isSame).as("packet %d is %s", i, original).isTrue();
        }
    }
}
