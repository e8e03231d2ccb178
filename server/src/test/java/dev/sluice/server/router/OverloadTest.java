package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.session.DropReason;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** A loop for which each packet to send takes its time. */
class OverloadTest {

    private static final long MILLI = 1_000_000;
    private static final long LARGE_BPS = 8_000_000;
    private static final int MANY = 40;

    /** Of some 900 packets a second to each of many viewers. */
    private static final long HALF_THE_TIME_NANOS = 13_500;

    private static final long TWICE_THE_TIME_NANOS = 4 * HALF_THE_TIME_NANOS;

    private final List<SimulatedViewer> many = new ArrayList<>();

    private static EngineWorld world(long seed) {
        return new EngineWorld(seed, WorldSettings.unpaced(), 1);
    }

    /** A large room and a small one; the publisher of the large one. */
    private SimulatedSimulcast open(EngineWorld world) {
        var large = world.simulcast("large", LARGE_BPS);
        for (int i = 0; i < MANY; i++) {
            many.add(world.connectedViewer("large", SimulatedViewer.WITH_RTX));
        }
        world.connectedPublisher("small", SimulatedPublisher.WITH_RTX);
        return large;
    }

    @Test
    void aKeyFrameForManyDoesNotKeepAnotherRoomWaiting() {
        try (var world = world(1)) {
            SimulatedSimulcast large = open(world);
            var other = world.connectedViewer("small", SimulatedViewer.WITH_RTX);
            world.run(2_000);
            world.takeForEachPacket(HALF_THE_TIME_NANOS);
            long fromNanos = world.nowNanos();
            int keyFrames = large.keyFrames(0);
            many.getFirst().requestKeyFrame(world::send);
            world.run(1_000);

            assertThat(large.keyFrames(0)).isGreaterThan(keyFrames);
            // Audio comes each 20 ms; the key frame takes the loop 50 ms in all, a turn 14.
            assertThat(longestGapNanos(other.audio(), fromNanos)).isLessThan(57 * MILLI);
            assertThat(world.dropped(DropReason.OVERLOAD)).isZero();
        }
    }

    @Test
    void underTwiceTheLoadPicturesOfTheLargeRoomAreLeftOutAndAllElseGoesOn() {
        try (var world = world(2)) {
            open(world);
            var other = world.connectedViewer("small", SimulatedViewer.WITH_RTX);
            world.run(2_000);
            world.takeForEachPacket(TWICE_THE_TIME_NANOS);
            long fromNanos = world.nowNanos();
            world.run(3_000);

            assertThat(world.dropped(DropReason.OVERLOAD)).isPositive();
            // A turn takes 55 ms here, more than ten times what it takes elsewhere.
            assertThat(longestGapNanos(other.audio(), fromNanos)).isLessThan(600 * MILLI);
            assertThat(longestGapNanos(other.video(), fromNanos)).isLessThan(600 * MILLI);
            assertThat(many).allMatch(viewer -> world.endOf(viewer).isEmpty());
            assertThat(longestGapOfManyNanos(fromNanos)).isLessThan(2_000 * MILLI);
        }
    }

    @Test
    void whenTheLoadIsOverEveryoneHasPicturesAgainWithinASecond() {
        try (var world = world(3)) {
            open(world);
            world.run(2_000);
            world.takeForEachPacket(TWICE_THE_TIME_NANOS);
            world.run(3_000);
            world.takeForEachPacket(0);
            world.run(1_000);
            long fromNanos = world.nowNanos();
            long spared = world.dropped(DropReason.OVERLOAD);
            world.run(1_000);

            assertThat(world.dropped(DropReason.OVERLOAD)).isEqualTo(spared);
            assertThat(longestGapOfManyNanos(fromNanos)).isLessThan(50 * MILLI);
        }
    }

    private long longestGapOfManyNanos(long fromNanos) {
        return many.stream()
                .mapToLong(viewer -> longestGapNanos(viewer.video(), fromNanos))
                .max()
                .orElseThrow();
    }

    /** From one moment until now, at a viewer who gets a packet in the end. */
    private static long longestGapNanos(ViewedTrack track, long fromNanos) {
        long[] times =
                track.packets().values().stream()
                        .mapToLong(ViewedTrack.Seen::atNanos)
                        .filter(atNanos -> atNanos >= fromNanos)
                        .sorted()
                        .toArray();
        assertThat(times).isNotEmpty();
        long longestNanos = times[0] - fromNanos;
        for (int i = 1; i < times.length; i++) {
            longestNanos = Math.max(longestNanos, times[i] - times[i - 1]);
        }
        return longestNanos;
    }
}
