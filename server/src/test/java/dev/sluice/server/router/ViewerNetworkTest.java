package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.LinkConditions;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Every viewer gets the encoding that his own network carries. */
class ViewerNetworkTest {

    private static final LinkConditions LINK =
            LinkConditions.PERFECT.withDelayMillis(25).withQueueMillis(200);

    private static final long LOW_BPS = 150_000;
    private static final long MIDDLE_BPS = 500_000;
    private static final long HIGH_BPS = 1_500_000;

    private static List<Integer> encodings(SimulatedViewer viewer, long fromNanos) {
        return viewer.video().packets().values().stream()
                .filter(seen -> seen.atNanos() >= fromNanos)
                .filter(seen -> isFrameStart(seen.payload()))
                .map(seen -> (int) seen.payload()[SimulatedSimulcast.ENCODING_OFFSET])
                .toList();
    }

    private static boolean isFrameStart(byte[] payload) {
        return payload.length > SimulatedSimulcast.ENCODING_OFFSET && (payload[0] & 0x10) != 0;
    }

    private static int last(List<Integer> encodings) {
        return encodings.getLast();
    }

    @Test
    void aViewerOfAFastNetworkGetsTheHighestEncodingSoon() {
        try (var world = new EngineWorld(1)) {
            world.simulcast("s", LOW_BPS, MIDDLE_BPS, HIGH_BPS);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(3_000);
            assertThat(last(encodings(viewer, Long.MIN_VALUE))).isEqualTo(2);
        }
    }

    @Test
    void aViewerWhoWaitsLongForTheKeyFrameOfALargeStreamGetsIt() {
        try (var world = new EngineWorld(1)) {
            var publisher = world.simulcast("s", 2_500_000);
            world.run(1_000);
            publisher.ignorePictureLoss(true);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(8_000);
            assertThat(encodings(viewer, Long.MIN_VALUE)).isEmpty();
            publisher.ignorePictureLoss(false);
            world.run(4_000);
            assertThat(encodings(viewer, Long.MIN_VALUE)).hasSizeGreaterThan(60);
        }
    }

    @Test
    void eachViewerGetsWhatHisOwnNetworkCarries() {
        try (var world = new EngineWorld(2)) {
            world.simulcast("s", LOW_BPS, MIDDLE_BPS, HIGH_BPS);
            var slow = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.linkToPeer(slow, LINK.withRate(800_000));
            var fast = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.run(15_000);
            long settledNanos = world.nowNanos();
            world.run(20_000);
            assertThat(encodings(slow, settledNanos)).containsOnly(1);
            assertThat(encodings(fast, settledNanos)).containsOnly(2);
        }
    }

    @Test
    void aNetworkThatGetsBetterIsUsedWithinEightSeconds() {
        try (var world = new EngineWorld(3)) {
            world.simulcast("s", LOW_BPS, MIDDLE_BPS, HIGH_BPS);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.linkToPeer(viewer, LINK.withRate(800_000));
            world.run(30_000);
            assertThat(last(encodings(viewer, Long.MIN_VALUE))).isEqualTo(1);
            world.linkToPeer(viewer, LINK.withRate(5_000_000));
            world.run(8_000);
            assertThat(last(encodings(viewer, Long.MIN_VALUE))).isEqualTo(2);
        }
    }

    @Test
    void aNetworkThatGetsWorseFreezesThePictureForLessThanASecond() {
        try (var world = new EngineWorld(4)) {
            world.simulcast("s", LOW_BPS, MIDDLE_BPS, HIGH_BPS);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.linkToPeer(viewer, LINK.withRate(5_000_000));
            world.run(10_000);
            world.linkToPeer(viewer, LINK.withRate(700_000));
            long worseNanos = world.nowNanos();
            world.run(15_000);
            assertThat(last(encodings(viewer, Long.MIN_VALUE))).isLessThanOrEqualTo(1);
            assertThat(longestGapMillis(viewer, worseNanos)).isLessThan(1_000);
        }
    }

    private static long longestGapMillis(SimulatedViewer viewer, long fromNanos) {
        long longest = 0;
        long last = fromNanos;
        for (var seen : viewer.video().packets().values()) {
            if (seen.atNanos() >= fromNanos && seen.marker()) {
                longest = Math.max(longest, seen.atNanos() - last);
                last = Math.max(last, seen.atNanos());
            }
        }
        return longest / 1_000_000;
    }

    @Test
    void aPictureThatDoesNotFitIsPausedAndComesBack() {
        try (var world = new EngineWorld(5)) {
            world.simulcast("s", HIGH_BPS);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            world.linkToPeer(viewer, LINK.withRate(300_000));
            world.run(20_000);
            long pausedNanos = world.nowNanos();
            world.run(5_000);
            assertThat(encodings(viewer, pausedNanos)).isEmpty();
            world.linkToPeer(viewer, LINK.withRate(5_000_000));
            world.run(10_000);
            assertThat(encodings(viewer, world.nowNanos() - 1_000_000_000L)).isNotEmpty();
        }
    }
}
