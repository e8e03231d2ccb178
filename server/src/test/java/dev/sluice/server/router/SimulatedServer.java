package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.sim.Delivery;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.sim.VirtualTime;
import dev.sluice.server.net.SharedWhereabouts;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.SessionSink;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One engine, or those of several loops, in virtual time, on a simulated network. Only DTLS has
 * threads: its datagrams do not take the network, and while a handshake runs, virtual time stands
 * still.
 */
abstract class SimulatedServer implements AutoCloseable {

    private static final long MILLI = 1_000_000L;

    /** Real time: more than a busy machine needs for a handshake. */
    private static final long PATIENCE_SECONDS = 60;

    /** Calls at one instant; more is an engine that asks to be called at once, for ever. */
    private static final int MAX_STEPS_AT_ONCE = 10_000;

    private final VirtualTime time = new VirtualTime(WorldSettings.START_NANOS);
    private final Random order;
    private final WorldMail mail;
    private final WorldNetwork network;
    private final List<PeerLink> peers = new ArrayList<>();
    private final WorldOutput output;
    private final WorldLoops loops;
    private final List<MediaEngine> engines;

    SimulatedServer(
            long seed, EngineSettings settings, int loopCount, @Nullable ByteBufAllocator memory) {
        order = new Random(seed);
        mail = new WorldMail(loopCount, order);
        network = new WorldNetwork(seed, loopCount);
        output = new WorldOutput(time, network, peers);
        loops = new WorldLoops(time, mail, network, output);
        loops.start(loopCount, settings, memory, new Random(seed));
        engines = loops.engines();
    }

    long nowNanos() {
        return time.nowNanos();
    }

    WorldOutput output() {
        return output;
    }

    LoopCounters counters() {
        return loops.counters();
    }

    SharedWhereabouts whereabouts() {
        return loops.whereabouts();
    }

    List<MediaEngine> engines() {
        return engines;
    }

    MediaEngine engine(int loop) {
        return engines.get(loop);
    }

    /** The engine that has a session; any where none has. */
    MediaEngine engineOf(String sessionId) {
        return engines.get(Math.max(0, loops.whereabouts().loopOfSession(sessionId)));
    }

    /** Those who take part; who is added takes part from then on. */
    List<PeerLink> peers() {
        return peers;
    }

    // The network.

    /** Has the datagrams of an address reach a loop, as the kernel does by its hash. */
    void lead(InetSocketAddress from, int loop) {
        network.lead(from, loop);
    }

    /** Whether the loop that a path leads to serves it. */
    boolean isServed(NetworkPath path) {
        return engines.get(network.loopOf(path.remote())).isServed(path);
    }

    /** The conditions between a peer and the server, both ways, from now on. */
    void link(SimulatedPeer peer, LinkConditions conditions) {
        network.linkToServer(peer.address(), conditions);
        network.linkToPeer(peer.address(), conditions);
    }

    void linkToPeer(SimulatedPeer peer, LinkConditions conditions) {
        network.linkToPeer(peer.address(), conditions);
    }

    /** From now on the peer's datagrams come by a TCP connection. */
    NetworkPath connectByTcp(SimulatedPeer peer) {
        return network.connect(peer.address());
    }

    void disconnect(SimulatedPeer peer) {
        NetworkPath connection = network.disconnect(peer.address());
        MediaEngine engine = engines.get(network.loopOf(peer.address()));
        engine.onConnectionClosed(connection, nowNanos(), output);
        loops.settle(engine);
        mail.openAll();
    }

    /** Sends a datagram of a peer over the network. */
    void send(InetSocketAddress from, ByteBuf datagram) {
        network.sendToServer(from, datagram, nowNanos());
    }

    /** Brings a datagram to the engine now; in a buffer that is gone after the call. */
    void toEngine(InetSocketAddress from, ByteBuf datagram) {
        loops.receive(from, datagram);
        loops.endBatch();
        if (!mail.isUnruly()) {
            openLoopMail();
        }
    }

    /** Letters between loops; those of DTLS threads wait where there is one loop. */
    private void openLoopMail() {
        if (engines.size() > 1) {
            mail.openAll();
        }
    }

    // Time.

    /** From now on each datagram that the loop sends takes it so long; it is the only one. */
    void takeForEachPacket(long nanos) {
        loops.takeForEachPacket(nanos);
    }

    /** The loop does nothing from now on; what is for it waits, but datagrams are lost. */
    void stall(int loop) {
        mail.stall(loop);
    }

    void resume(int loop) {
        mail.resume(loop);
    }

    /** From now on letters of different loops overtake each other, and some wait for a while. */
    void letMailBeUnruly() {
        mail.beUnruly(true);
    }

    void post(Runnable letter) {
        mail.send(letter);
    }

    /** Opens mail, in real time and at one virtual instant, until the condition is met. */
    void await(BooleanSupplier condition) {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).as("out of patience").isLessThan(endNanos);
                mail.openNext();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets a span of virtual time pass. */
    void run(long millis) {
        long endNanos = nowNanos() + millis * MILLI;
        int stepsAtOnce = 0;
        mail.open();
        for (long next = nextNanos(); next <= endNanos; next = nextNanos()) {
            stepsAtOnce = next <= nowNanos() ? stepsAtOnce + 1 : 0;
            if (stepsAtOnce > MAX_STEPS_AT_ONCE) {
                throw new AssertionError("The engine asks to be called at once, for ever");
            }
            time.advanceTo(next);
            step();
            mail.open();
        }
        time.advanceTo(endNanos);
        mail.openAll();
    }

    private long nextNanos() {
        long next = Math.min(network.nextDeliveryNanos(), loops.nextDeadlineNanos());
        for (PeerLink link : peers) {
            next = Math.min(next, link.peer().nextDeadlineNanos());
        }
        return next;
    }

    private void step() {
        network.poll(nowNanos()).forEach(this::deliver);
        loops.endBatch();
        for (PeerLink link : List.copyOf(peers)) {
            link.peer().onDeadline(nowNanos(), this::send);
        }
        loops.onDeadline();
    }

    private void deliver(Delivery<InetSocketAddress> delivery) {
        if (delivery.to().equals(WorldSettings.SERVER)) {
            loops.receive(delivery.from(), delivery.datagram());
        } else {
            peers.stream()
                    .filter(link -> link.peer().address().equals(delivery.to()))
                    .forEach(link -> link.onDatagram(delivery.datagram()));
        }
    }

    // Requests.

    OfferOutcome publish(String stream, SessionDescription offer) {
        MediaEngine engine = engines.get(order.nextInt(engines.size()));
        OfferOutcome outcome = engine.publish(stream, offer, nowNanos(), output);
        loops.settle(engine);
        return outcome;
    }

    OfferOutcome watch(String stream, SessionDescription offer, LayerWish wish) {
        int loop = loops.whereabouts().loopOfStream(stream);
        MediaEngine engine =
                engines.get(loop == Whereabouts.NOWHERE ? order.nextInt(engines.size()) : loop);
        OfferOutcome outcome = engine.watch(stream, offer, wish, nowNanos(), output);
        loops.settle(engine);
        return outcome;
    }

    /** Does something inside of a loop's engine at this instant. */
    void act(int loop, Consumer<SessionSink> action) {
        loops.open(loop, (_, sink) -> action.accept(sink));
    }

    boolean end(SimulatedPeer peer) {
        MediaEngine engine = engineOf(peer.sessionId());
        boolean ended = engine.end(peer.sessionId(), nowNanos(), output);
        loops.settle(engine);
        mail.openAll();
        return ended;
    }

    /** All loops end their sessions. */
    void shutdown() {
        engines.forEach(MediaEngine::close);
        for (MediaEngine engine : engines) {
            engine.shutdown(nowNanos(), output);
            loops.settle(engine);
        }
    }

    /** Ends the engine, and holds it to have released every buffer. */
    @Override
    public void close() {
        mail.beUnruly(false);
        shutdown();
        await(() -> engines.stream().allMatch(MediaEngine::isQuiet));
        mail.open();
        peers.forEach(PeerLink::close);
        loops.assertEmpty();
    }

    long usedBytes() {
        return loops.usedBytes();
    }
}
