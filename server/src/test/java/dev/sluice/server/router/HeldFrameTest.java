package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.LinkConditions;

import org.junit.jupiter.api.Test;

class HeldFrameTest {

    private static final int MANY = 60;
    private static final int FEW = 3;

    /** A packet of some 350 bytes takes 14 us. */
    private static final long FAST_BPS = 200_000_000;

    /** It takes 140 us. */
    private static final long SLOW_BPS = 20_000_000;

    @Test
    void theRestOfAFrameIsAwaitedForAMomentWhereManyWatch() {
        assertThat(shareOfWholeFrames(MANY, FAST_BPS)).isGreaterThan(0.85);
    }

    @Test
    void nobodyWaitsForLongerThanAMoment() {
        assertThat(shareOfWholeFrames(MANY, SLOW_BPS)).isLessThan(0.1);
    }

    @Test
    void whereFewWatchEachPacketIsForwardedAsItComes() {
        // Some wait for the pacer, and leave together then.
        assertThat(shareOfWholeFrames(FEW, FAST_BPS)).isLessThan(0.4);
    }

    /** How many of the frames of three packets left as one run, over all viewers. */
    private static double shareOfWholeFrames(int viewers, long rateBps) {
        try (var world = new EngineWorld(1)) {
            var publisher = world.publisher("s", SimulatedPublisher.WITH_RTX);
            world.connect(publisher);
            world.link(publisher, LinkConditions.PERFECT.withRate(rateBps));
            SimulatedViewer first = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            for (int i = 1; i < viewers; i++) {
                world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            }
            publisher.startMedia(world.nowNanos());
            world.run(1_000);
            publisher.stopMedia();
            world.run(200);

            ForwardingTest.assertComplete(first.video(), publisher.video().sent(), 85);
            int frames = publisher.video().sent().size() / 3;
            long whole = world.runs().stream().filter(run -> run >= 3).count();
            return (double) whole / frames / viewers;
        }
    }
}
