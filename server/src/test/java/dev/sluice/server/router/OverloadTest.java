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
    private static final int MANY = 32;

    /** Twice the loop's time, of some 900 packets a second to each of many viewers. */
    private static final long PACKET_NANOS = 68_000;

    private final List<SimulatedViewer> many = new ArrayList<>();

    private static EngineWorld world(long seed) {
        return new EngineWorld(seed, WorldSettings.unpaced(), 1);
    }

    /** A large room and a small one. */
    private void open(EngineWorld world) {
        world.simulcast("large", LARGE_BPS);
        for (int i = 0; i < MANY; i++) {
            many.add(world.connectedViewer("large", SimulatedViewer.WITH_RTX));
        }
        world.connectedPublisher("small", SimulatedPublisher.WITH_RTX);
    }

    @Test
    void underTwiceTheLoadPicturesOfTheLargeRoomAreLeftOutAndAllElseGoesOn() {
        try (var world = world(2)) {
            open(world);
            var other = world.connectedViewer("small", SimulatedViewer.WITH_RTX);
            world.run(500);
            world.takeForEachPacket(PACKET_NANOS);
            long fromNanos = world.nowNanos();
            world.run(2_000);

            assertThat(world.dropped(DropReason.OVERLOAD)).isPositive();
            // A turn takes 70 ms here, more than ten times what it takes elsewhere.
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
            world.run(500);
            world.takeForEachPacket(PACKET_NANOS);
            world.run(1_200);
            assertThat(world.snapshot().mediaWaitNanos()).isGreaterThan(50 * MILLI);
            world.takeForEachPacket(0);
            world.run(700);
            long fromNanos = world.nowNanos();
            long spared = world.dropped(DropReason.OVERLOAD);
            world.run(500);

            assertThat(spared).isPositive();
            assertThat(world.dropped(DropReason.OVERLOAD)).isEqualTo(spared);
            assertThat(longestGapOfManyNanos(fromNanos)).isLessThan(50 * MILLI);
            assertThat(world.snapshot().mediaWaitNanos()).isLessThan(MILLI);
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
