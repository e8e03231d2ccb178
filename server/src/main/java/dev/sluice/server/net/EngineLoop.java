package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stats.DelayHistogram;
import dev.sluice.server.router.EngineOutput;
import dev.sluice.server.router.EngineSnapshot;
import dev.sluice.server.router.LoopPlace;
import dev.sluice.server.router.MediaEngine;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.Mailbox;
import dev.sluice.sockets.Transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One thread with its sockets and its engine: feeds it datagrams and time, and carries out what it
 * says.
 */
public final class EngineLoop {

    private final LoopNumber number;
    private final EventLoopGroup group;
    private final EventLoop eventLoop;
    private final Transport transport = Transport.best();
    private final DelayHistogram forwardingDelay = new DelayHistogram();
    private final LoopPriority priority;
    private final LoopLag lag;
    private final LoopCounters counters = new LoopCounters();
    private final UdpEdge edge;
    private final @Nullable TcpEdge tcp;
    private final MediaPort sockets;
    private final SocketOutput output;
    private final MediaEngine engine;
    private final int port;
    private final EngineTurns turns;

    /** Makes the engine of a loop. */
    @FunctionalInterface
    public interface EngineMaker {

        /**
         * @param mailbox the way into the loop
         * @param counters what the loop counts with
         * @param place of the loop among others
         * @param port the media port that was bound
         */
        MediaEngine make(Mailbox mailbox, LoopCounters counters, LoopPlace place, int port);
    }

    /**
     * Opens the sockets; {@link #start} serves them.
     *
     * @param port 0 for any that is free, where the loop is alone
     * @param withTcp whether TCP connections to the same port are taken too
     * @param inRealTime whether the thread runs in real time where it may and is not busy
     * @throws IOException when an address cannot be bound; nothing is left open
     */
    EngineLoop(
            LoopPlace place,
            List<InetAddress> addresses,
            int port,
            boolean withTcp,
            boolean inRealTime,
            EngineMaker maker)
            throws IOException {
        this.number = new LoopNumber(place.loop(), place.loops());
        String name = number.isAlone() ? "sluice-media" : "sluice-media-" + number.loop();
        this.group = TurnTaking.thread(name, transport);
        this.eventLoop = group.next();
        this.edge = new UdpEdge(new Inbound(), counters, forwardingDelay);
        TcpLimits limits = TcpLimits.DEFAULT.sharedBy(number.loops());
        this.tcp = withTcp ? new TcpEdge(eventLoop, counters, limits, number) : null;
        this.sockets = new MediaPort(edge, tcp);
        this.output = new SocketOutput(edge, tcp);
        this.priority = LoopPriority.ofThread(inRealTime, number.loops());
        this.lag = new LoopLag(eventLoop, priority);
        try {
            boolean isShared = !number.isAlone();
            this.port = sockets.bind(group, transport, addresses, port, isShared, new TcpInbound());
        } catch (IOException e) {
            sockets.close();
            var _ = group.shutdownGracefully();
            throw e;
        }
        this.engine = maker.make(this::post, counters, place, this.port);
        this.turns = new EngineTurns(eventLoop, engine, sockets, output);
    }

    /** Lets datagrams and connections in. */
    void start() {
        lag.start();
        sockets.serve();
    }

    /** The media port. */
    public int port() {
        return port;
    }

    /** The kernel interface in use: {@code epoll} or {@code nio}. */
    public String transportName() {
        return transport.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Runs a request on the loop and waits for what it answers. */
    public <T> T call(Request<T> request) {
        try {
            return eventLoop.submit(() -> turns.answer(request)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the media loop answered", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The media loop failed to answer", e.getCause());
        }
    }

    /** A request to the engine. */
    @FunctionalInterface
    public interface Request<T> {

        T answer(MediaEngine engine, long nowNanos, EngineOutput out);
    }

    private void post(Mailbox.Letter letter) {
        turns.post(letter);
    }

    /** Opens a letter of another loop, or of this one. */
    void deliver(LoopPlace.Letter letter) {
        turns.deliver(letter);
    }

    /** The engine's state; empty when the loop has ended. */
    public EngineSnapshot snapshot() {
        return eventLoop.isShuttingDown()
                ? EngineSnapshot.EMPTY
                : call((owned, nowNanos, out) -> owned.snapshot(nowNanos));
    }

    /** TCP connections that are open now. */
    public int tcpConnections() {
        return tcp == null ? 0 : tcp.connections();
    }

    public LoopCounters counters() {
        return counters;
    }

    public DelayHistogram forwardingDelay() {
        return forwardingDelay;
    }

    public LoopLag lag() {
        return lag;
    }

    /** Whether it runs before other threads now. */
    public boolean isRealTime() {
        return priority.isRealTime();
    }

    /** Takes no more sessions. */
    void refuseSessions() {
        call(
                (owned, nowNanos, out) -> {
                    owned.close();
                    return true;
                });
    }

    /** Ends all sessions with a word to each peer. */
    void endSessions() {
        call(
                (owned, nowNanos, out) -> {
                    owned.shutdown(nowNanos, out);
                    return true;
                });
    }

    /** Closes the sockets, and has the thread end within the limit; tells when it has. */
    Future<?> stop(Duration limit) {
        sockets.close();
        return group.shutdownGracefully(0, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Serves on until every peer has been told of the end, or the time has come. */
    void awaitQuiet(long endNanos) {
        new QuietWait(eventLoop, engine::isQuiet).await(endNanos);
    }

    private final class Inbound implements UdpEdge.Receiver {

        @Override
        public void onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos) {
            engine.onDatagram(datagram, path, nowNanos, output);
        }

        @Override
        public void onBatchEnd(long nowNanos) {
            turns.settle(nowNanos);
        }
    }

    private final class TcpInbound implements TcpEdge.Receiver {

        @Override
        public boolean onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos) {
            return engine.onDatagram(datagram, path, nowNanos, output);
        }

        @Override
        public boolean isServed(NetworkPath path) {
            return engine.isServed(path);
        }

        @Override
        public void onClosed(NetworkPath path, long nowNanos) {
            engine.onConnectionClosed(path, nowNanos, output);
        }

        @Override
        public void onBatchEnd() {
            turns.settleCall(System.nanoTime());
        }

        @Override
        public void onDefect(Throwable defect) {
            sockets.onDefect(defect);
        }
    }
}
