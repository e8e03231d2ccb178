package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.session.DropReason;

import org.junit.jupiter.api.Test;

/** A peer with a session of its own that sends with the source address of another peer. */
class PathOwnershipTest {

    @Test
    void aForgedSourceAddressDoesNotDrawAnothersPath() {
        try (var world = new EngineWorld(1)) {
            var publisher = world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            var attacker = world.viewer("s", SimulatedViewer.WITH_RTX);
            int answers = world.sentTo(publisher.address());
            for (int i = 0; i < 20; i++) {
                world.toEngine(publisher.address(), attacker.check(true));
            }
            assertThat(world.dropped(DropReason.PATH_TAKEN)).isEqualTo(20);
            assertThat(world.sentTo(publisher.address())).isEqualTo(answers);

            long refused = world.dropped(DropReason.UNVALIDATED_ADDRESS);
            int before = world.sentTo(viewer.address());
            world.run(2_000);
            assertThat(world.sentTo(viewer.address()) - before).isGreaterThan(60);
            assertThat(world.dropped(DropReason.UNVALIDATED_ADDRESS)).isEqualTo(refused);
            assertThat(world.dropped(DropReason.SRTP_FAILURE)).isZero();
        }
    }

    @Test
    void aPathIsFreeWhenItsOwnerHasEnded() {
        try (var world = new EngineWorld(2)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var first = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            var second = world.viewer("s", SimulatedViewer.WITH_RTX);
            world.toEngine(first.address(), second.check(true));
            assertThat(world.dropped(DropReason.PATH_TAKEN)).isEqualTo(1);
            world.end(first);
            world.toEngine(first.address(), second.check(true));
            assertThat(world.dropped(DropReason.PATH_TAKEN)).isEqualTo(1);
        }
    }

    /** The first has moved and is alive; where it was, it has not been seen for long. */
    @Test
    void aPathIsFreeWhenItsOwnerHasNotBeenThereForTheConsentTime() {
        try (var world = new EngineWorld(3)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var first = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
            var second = world.viewer("s", SimulatedViewer.WITH_RTX);
            var old = first.address();
            world.toEngine(old, first.check(true));
            first.moveTo(EngineWorld.address(200));
            for (int i = 0; i < 29; i++) {
                world.run(1_000);
                world.toEngine(first.address(), first.check(true));
            }
            world.toEngine(old, second.check(true));
            assertThat(world.dropped(DropReason.PATH_TAKEN)).isEqualTo(1);
            world.run(1_001);
            world.toEngine(first.address(), first.check(true));
            world.toEngine(old, second.check(true));
            assertThat(world.dropped(DropReason.PATH_TAKEN)).isEqualTo(1);
            assertThat(world.endOf(first)).isEmpty();
        }
    }
}
