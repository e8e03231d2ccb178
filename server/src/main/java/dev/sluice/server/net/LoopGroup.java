package dev.sluice.server.net;

import dev.sluice.server.router.EngineSnapshot;
import dev.sluice.server.router.LoopPlace;
import dev.sluice.server.router.Whereabouts;
import dev.sluice.sockets.Transport;

import io.netty.util.concurrent.Future;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All media loops of a server. Their sockets are bound to one port, and the kernel chooses the loop
 * of a datagram by the addresses it is from and to.
 */
public final class LoopGroup {

    /** Another process may take a port that was found to be free. */
    private static final int MAX_BIND_ATTEMPTS = 20;

    private static final Logger LOG = LoggerFactory.getLogger(LoopGroup.class);

    private final List<EngineLoop> loops = new ArrayList<>();
    private final Whereabouts whereabouts = new SharedWhereabouts();
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Opens the sockets of all loops and starts to serve them.
     *
     * @param wanted how many loops; one where the kernel interface cannot share a port
     * @param port 0 for any that is free
     * @param withTcp whether TCP connections to the same port are taken too
     * @param inRealTime whether loops run in real time where they may and are not busy
     * @throws IOException when an address cannot be bound; nothing is left open
     */
    public LoopGroup(
            int wanted,
            List<InetAddress> addresses,
            int port,
            boolean withTcp,
            boolean inRealTime,
            EngineLoop.EngineMaker maker)
            throws IOException {
        int count = Transport.best() == Transport.EPOLL ? wanted : 1;
        if (count < wanted) {
            LOG.warn("one media loop, not {}: without epoll the loops cannot share a port", wanted);
        }
        if (count == 1) {
            loops.add(new EngineLoop(place(0, 1), addresses, port, withTcp, inRealTime, maker));
        } else {
            open(count, addresses, port, withTcp, inRealTime, maker);
        }
        start();
    }

    private void start() {
        try {
            loops.forEach(EngineLoop::start);
        } catch (RuntimeException e) {
            stop(Duration.ofSeconds(1));
            throw e;
        }
    }

    private LoopPlace place(int loop, int count) {
        return new LoopPlace(
                loop, count, whereabouts, (to, letter) -> loops.get(to).deliver(letter));
    }

    private void open(
            int count,
            List<InetAddress> addresses,
            int wanted,
            boolean withTcp,
            boolean inRealTime,
            EngineLoop.EngineMaker maker)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = findPort(addresses, wanted);
            try {
                for (int i = 0; i < count; i++) {
                    loops.add(
                            new EngineLoop(
                                    place(i, count), addresses, port, withTcp, inRealTime, maker));
                }
                return;
            } catch (IOException e) {
                stop(Duration.ofSeconds(1));
                loops.clear();
                if (wanted != 0 || attempt == MAX_BIND_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Sockets that share a port would share it with those of another process of the same user, too,
     * so that each got a part of the other's datagrams: it must be free.
     */
    private static int findPort(List<InetAddress> addresses, int wanted) throws IOException {
        int port = wanted;
        for (InetAddress address : addresses) {
            try (var probe = new DatagramSocket(new InetSocketAddress(address, port))) {
                port = probe.getLocalPort();
            } catch (SocketException e) {
                throw new IOException(
                        "Cannot bind UDP %s port %d: %s"
                                .formatted(address.getHostAddress(), port, e.getMessage()),
                        e);
            }
        }
        return port;
    }

    /** The loops in the order of their numbers. */
    public List<EngineLoop> loops() {
        return loops;
    }

    /** The media port. */
    public int port() {
        return loops.getFirst().port();
    }

    /** The kernel interface in use: {@code epoll} or {@code nio}. */
    public String transportName() {
        return loops.getFirst().transportName();
    }

    Whereabouts whereabouts() {
        return whereabouts;
    }

    EngineLoop loop(int number) {
        return loops.get(number);
    }

    /** One after the other: a new session goes to where its packets lead anyway. */
    int nextLoop() {
        return Math.floorMod(turn.getAndIncrement(), loops.size());
    }

    /** The state of all loops together; empty when they have ended. */
    public EngineSnapshot snapshot() {
        EngineSnapshot sum = EngineSnapshot.EMPTY;
        for (EngineLoop loop : loops) {
            sum = sum.plus(loop.snapshot());
        }
        return sum;
    }

    /** TCP connections that are open now. */
    public int tcpConnections() {
        return loops.stream().mapToInt(EngineLoop::tcpConnections).sum();
    }

    /**
     * Ends all sessions with a word to each peer, then the loops: when every peer has been told, or
     * the limit has passed.
     */
    public void shutdown(Duration limit) {
        long endNanos = System.nanoTime() + limit.toNanos();
        loops.forEach(EngineLoop::refuseSessions);
        loops.forEach(EngineLoop::endSessions);
        loops.forEach(loop -> loop.awaitQuiet(endNanos));
        stop(limit);
    }

    /** Ends all loops side by side, within the limit. */
    private void stop(Duration limit) {
        long endNanos = System.nanoTime() + limit.toNanos();
        List<Future<?>> ends = new ArrayList<>();
        loops.forEach(loop -> ends.add(loop.stop(limit)));
        for (Future<?> end : ends) {
            long leftNanos = Math.max(0, endNanos - System.nanoTime());
            end.awaitUninterruptibly(leftNanos, TimeUnit.NANOSECONDS);
        }
    }
}
