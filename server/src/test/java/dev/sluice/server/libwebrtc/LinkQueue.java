package dev.sluice.server.libwebrtc;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One way through a {@link LossyUdpProxy}: datagrams leave in the order they came, when it is their
 * time. Only the proxy's thread passes datagrams; any thread may change the conditions.
 */
final class LinkQueue {

    static final long NEVER = Long.MAX_VALUE;

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private record Waiting(
            ByteBuffer datagram, DatagramChannel through, SocketAddress to, long dueNanos) {}

    private final Random random;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private volatile LinkConditions conditions;
    private volatile long lost;
    private volatile long overflowed;
    private long idleFromNanos;
    private long lastDueNanos;

    LinkQueue(LinkConditions conditions, Random random, long nowNanos) {
        this.conditions = conditions;
        this.random = random;
        this.idleFromNanos = nowNanos;
        this.lastDueNanos = nowNanos;
    }

    /** From now on; what waits already leaves as it would have. */
    void conditions(LinkConditions next) {
        conditions = next;
    }

    /** Datagrams lost by chance. */
    long lost() {
        return lost;
    }

    /** Datagrams that found the queue full. */
    long overflowed() {
        return overflowed;
    }

    /** The datagram is copied if it has to wait. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void pass(ByteBuffer datagram, DatagramChannel through, SocketAddress to, long nowNanos)
            throws IOException {
        LinkConditions now = conditions;
        if (random.nextDouble() < now.lossRate()) {
            lost++;
            return;
        }
        long startNanos = Math.max(nowNanos, idleFromNanos);
        if (now.rateBps() != LinkConditions.NO_LIMIT) {
            if (startNanos - nowNanos > now.queue().toNanos()) {
                overflowed++;
                return;
            }
            idleFromNanos = startNanos + sendingNanos(datagram.remaining(), now.rateBps());
            startNanos = idleFromNanos;
        }
        leave(datagram, through, to, nowNanos, startNanos + now.delay().toNanos());
    }

    private static long sendingNanos(int sizeBytes, long rateBps) {
        return (long) sizeBytes * Byte.SIZE * NANOS_PER_SECOND / rateBps;
    }

    private void leave(
            ByteBuffer datagram,
            DatagramChannel through,
            SocketAddress to,
            long nowNanos,
            long dueNanos)
            throws IOException {
        lastDueNanos = Math.max(dueNanos, lastDueNanos);
        if (waiting.isEmpty() && lastDueNanos <= nowNanos) {
            through.send(datagram, to);
            return;
        }
        ByteBuffer copy = ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
        waiting.add(new Waiting(copy, through, to, lastDueNanos));
    }

    /** Sends what is due. */
    void release(long nowNanos) throws IOException {
        for (Waiting first = waiting.peek();
                first != null && first.dueNanos <= nowNanos;
                first = waiting.peek()) {
            first.through.send(first.datagram, first.to);
            waiting.remove();
        }
    }

    /** When {@link #release} has something to do; {@link #NEVER} if nothing waits. */
    long nextDueNanos() {
        Waiting first = waiting.peek();
        return first == null ? NEVER : first.dueNanos;
    }
}
