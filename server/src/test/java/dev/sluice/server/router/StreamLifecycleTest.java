package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.stream.StreamSnapshot;
import dev.sluice.media.stream.StreamState;

import org.junit.jupiter.api.Test;

import java.util.List;

class StreamLifecycleTest {

    private static List<StreamSnapshot> streams(EngineWorld world, SimulatedPeer peer) {
        return world.sessionOf(peer).view().streamSnapshots(world.nowNanos());
    }

    @Test
    void theStreamsOfAPublisherAreActiveWithTheirNumbers() {
        try (var world = new EngineWorld(1)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.run(3_000);
            publisher.stopMedia();
            world.run(1_500);
            List<StreamSnapshot> streams = streams(world, publisher);
            assertThat(streams)
                    .extracting(StreamSnapshot::codec)
                    .containsExactlyInAnyOrder(Codec.OPUS, Codec.VP8);
            for (StreamSnapshot stream : streams) {
                var source = stream.codec() == Codec.OPUS ? publisher.audio() : publisher.video();
                assertThat(stream.ssrc()).isEqualTo(source.ssrc());
                assertThat(stream.user()).isEqualTo("s");
                assertThat(stream.state()).isInstanceOf(StreamState.Active.class);
                assertThat(stream.packets()).isEqualTo(source.sent().size());
                assertThat(stream.bytes()).isGreaterThan(300L * source.sent().size());
                assertThat(stream.lostPackets()).isZero();
            }
            assertThat(world.snapshot().activeRtpStreams()).isEqualTo(2);
        }
    }

    @Test
    void aStreamIsPausedWhileNothingComes() {
        try (var world = new EngineWorld(2)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.run(1_000);
            publisher.stopMedia();
            world.run(4_500);
            assertThat(world.snapshot().activeRtpStreams()).isEqualTo(2);
            world.run(2_000);
            assertThat(world.snapshot().pausedRtpStreams()).isEqualTo(2);
            publisher.startMedia(world.nowNanos());
            world.run(200);
            assertThat(world.snapshot().activeRtpStreams()).isEqualTo(2);
            assertThat(streams(world, publisher))
                    .allMatch(stream -> stream.inStateNanos() <= 200_000_000L);
        }
    }

    @Test
    void lossAndJitterAreThoseOfTheReports() {
        try (var world = new EngineWorld(3)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITHOUT_RTX);
            world.link(publisher, LinkConditions.PERFECT.withDelayMillis(40).withJitterMillis(5));
            world.run(5_000);
            assertThat(streams(world, publisher))
                    .allSatisfy(
                            stream ->
                                    assertThat(stream.jitterNanos())
                                            .isBetween(100_000L, 10_000_000L));
        }
    }

    @Test
    void anEndedSessionHasNoStreams() {
        try (var world = new EngineWorld(4)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            world.run(500);
            var session = world.sessionOf(publisher);
            world.end(publisher);
            assertThat(session.view().streamSnapshots(world.nowNanos())).isEmpty();
        }
    }
}
