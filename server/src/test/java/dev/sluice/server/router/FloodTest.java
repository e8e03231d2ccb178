package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DropReason;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A publisher who sends more than his loop can give to his viewers, as one picture without end. */
class FloodTest {

    private static final long MILLI = 1_000_000;
    private static final int VIEWERS = 16;
    private static final int READ_AT_ONCE = 1024;

    /** More than a loop gathers, which gives out a twentieth of it meanwhile. */
    private static final int PACKETS = 20_000;

    private final CountedOutput out = new CountedOutput();

    private static EngineWorld world() {
        return new EngineWorld(2, WorldSettings.unpaced(), 1);
    }

    private static SimulatedPublisher watchedPublisher(EngineWorld world) {
        var publisher = world.connectedPublisher("stream", SimulatedPublisher.WITH_RTX);
        for (int i = 0; i < VIEWERS; i++) {
            world.connectedViewer("stream", SimulatedViewer.WITH_RTX);
        }
        world.run(500);
        publisher.stopMedia();
        world.run(200);
        return publisher;
    }

    private static ByteBuf packet(SimulatedPublisher publisher, int number, long nowNanos) {
        var source = publisher.video();
        var packet = source.next(new byte[] {0}, false, false, nowNanos);
        var sealed = new AtomicReference<ByteBuf>();
        publisher.sendRtp(
                source.rtp(packet, number & 0xFFFF, nowNanos), (from, sent) -> sealed.set(sent));
        return Objects.requireNonNull(sealed.get());
    }

    /** The most that was sent before the loop came back from one datagram. */
    private long flood(EngineWorld world, SimulatedPublisher publisher) {
        MediaEngine engine = world.engineOf(publisher);
        var path = new NetworkPath(0, publisher.address());
        long nowNanos = world.nowNanos();
        long most = 0;
        for (int i = 1; i <= PACKETS; i++) {
            long before = out.sent();
            engine.onDatagram(packet(publisher, i, nowNanos), path, nowNanos, out);
            most = Math.max(most, out.sent() - before);
            if (i % READ_AT_ONCE == 0) {
                engine.settle(nowNanos, out);
            }
        }
        return most;
    }

    @Test
    void noSingleDatagramHasMoreSentThanATurn() {
        try (var world = world()) {
            long most = flood(world, watchedPublisher(world));

            assertThat(most).isLessThan(OpenWork.TURN_PACKETS);
            assertThat(world.dropped(DropReason.OVERLOAD)).isPositive();
        }
    }

    @Test
    void thePublishersEndDoesNotHaveAllSentThatWaits() {
        try (var world = world()) {
            var publisher = watchedPublisher(world);
            flood(world, publisher);
            long dropped = world.dropped(DropReason.OVERLOAD);
            long before = out.sent();
            world.engineOf(publisher).shutdown(world.nowNanos(), out);

            // A viewer is given all that was gathered, and so more than was left of the bound.
            assertThat(out.sent() - before).isLessThan(18 * OpenWork.TURN_PACKETS + 8192);
            assertThat(world.dropped(DropReason.OVERLOAD)).isGreaterThan(dropped);
        }
    }

    @Test
    void anotherLoopGetsAtOnceWhatThisOneHasNoTimeToGiveItsViewers() {
        try (var world = new EngineWorld(3, WorldSettings.unpaced(), 2)) {
            var publisher = world.publisherBy(0, "stream");
            for (int i = 0; i < VIEWERS; i++) {
                world.viewerBy(0, "stream");
            }
            world.viewerBy(1, "stream");
            world.run(500);
            publisher.stopMedia();
            world.run(200);
            long before = world.counters().mirroredOut.value();
            long nowNanos = world.nowNanos();
            send(world, publisher, 1, 300, nowNanos);
            boolean isBehind = world.engineOf(publisher).isBehind();
            send(world, publisher, 301, 400, nowNanos + MILLI);

            assertThat(isBehind).isTrue();
            assertThat(world.counters().mirroredOut.value() - before).isEqualTo(400);
        }
    }

    /** A turn is taken a millisecond later: what is no whole picture is held until then. */
    private void send(
            EngineWorld world, SimulatedPublisher publisher, int from, int last, long nowNanos) {
        MediaEngine engine = world.engineOf(publisher);
        var path = new NetworkPath(0, publisher.address());
        for (int i = from; i <= last; i++) {
            engine.onDatagram(packet(publisher, i, nowNanos), path, nowNanos, out);
        }
        engine.settle(nowNanos + MILLI, out);
    }
}
