package dev.sluice.server.router;

import dev.sluice.media.sdp.SessionDescription;

import io.netty.buffer.UnpooledByteBufAllocator;

import java.util.Random;

/** Peers that exist only to be put into tables. */
final class Sessions {

    private static final EngineSettings SETTINGS = WorldSettings.settings(100, 100, true, true);

    private final SessionFactory factory =
            new SessionFactory(
                    SETTINGS,
                    letter -> {
                        throw new AssertionError("no letter is posted before a datagram came");
                    },
                    UnpooledByteBufAllocator.DEFAULT,
                    new Random(1),
                    new dev.sluice.server.session.LoopCounters());

    private int made;

    /** A publisher that was admitted at the given time and never heard of. */
    Peer publisher(long nowNanos) {
        var simulated =
                new SimulatedPublisher(
                        made, EngineWorld.address(++made), SimulatedPublisher.WITH_RTX);
        SessionDescription offer = simulated.offer(EngineWorld.fingerprint());
        var created = factory.publisher(new Room("room-" + made), offer, nowNanos);
        return ((SessionFactory.Created.Made) created).peer();
    }
}
