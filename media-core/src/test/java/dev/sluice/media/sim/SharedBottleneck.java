package dev.sluice.media.sim;

import dev.sluice.media.time.Deadline;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A link that several flows share in one direction, with one drop-tail queue before it, in virtual
 * time. Behind it each flow has a {@link FlowPath} of its own.
 *
 * <p>Unlike a {@link SimulatedNetwork} it carries any objects with a size, serves its queue packet
 * by packet, so that a change of its rate counts for what waits already, and tells how long each
 * packet waited.
 *
 * @param <T> what is carried
 */
public final class SharedBottleneck<T> {

    private static final double NANOS_PER_SECOND = 1e9;

    /** Where packets arrive. */
    public interface Receiver<T> {

        /**
         * @param queuedNanos how long the packet waited before the link began to send it
         */
        void onArrival(T packet, long queuedNanos, long nowNanos);
    }

    private record Queued<T>(T packet, int sizeBytes, FlowPath path, long sinceNanos) {}

    private record InFlight<T>(T packet, long queuedNanos, long atNanos, long position) {

        static <T> Comparator<InFlight<T>> order() {
            return Comparator.<InFlight<T>>comparingLong(InFlight::atNanos)
                    .thenComparingLong(InFlight::position);
        }
    }

    private final ArrayDeque<Queued<T>> queue = new ArrayDeque<>();
    private final PriorityQueue<InFlight<T>> inFlight = new PriorityQueue<>(InFlight.order());
    private final long maxQueueNanos;
    private long rateBps;
    private long queuedBytes;
    private long serviceBeganNanos;
    private long serviceEndsNanos = Deadline.NEVER;
    private long accepted;

    /**
     * @param rateBps what the link carries
     * @param maxQueueNanos the longest that a new packet would wait at the present rate; one that
     *     would wait longer is dropped
     */
    public SharedBottleneck(long rateBps, long maxQueueNanos) {
        this.rateBps = rateBps;
        this.maxQueueNanos = maxQueueNanos;
    }

    /** Changes what the link carries, for the packet that is being sent and all behind it. */
    public void rate(long bps, long nowNanos) {
        serve(nowNanos);
        if (serviceEndsNanos != Deadline.NEVER) {
            double left = (double) (serviceEndsNanos - nowNanos) * rateBps / bps;
            serviceEndsNanos = nowNanos + (long) left;
        }
        rateBps = bps;
    }

    public long rateBps() {
        return rateBps;
    }

    /** Sends a packet; false when it is lost, in the queue or behind the link. */
    public boolean send(T packet, int sizeBytes, FlowPath path, long nowNanos) {
        serve(nowNanos);
        boolean lost = path.loses();
        if (queuedBytes * 8 * NANOS_PER_SECOND / rateBps > maxQueueNanos) {
            return false;
        }
        if (lost) {
            return false;
        }
        queue.addLast(new Queued<>(packet, sizeBytes, path, nowNanos));
        queuedBytes += sizeBytes;
        if (queue.size() == 1) {
            serveFirst(nowNanos);
        }
        return true;
    }

    /** When {@link #poll} has something to do, {@link Deadline#NEVER} when nothing is under way. */
    public long nextNanos() {
        InFlight<T> next = inFlight.peek();
        long arrivalNanos = next == null ? Deadline.NEVER : next.atNanos;
        return Math.min(arrivalNanos, serviceEndsNanos);
    }

    /** Hands over what has arrived by now, in the order of arrival. */
    public void poll(long nowNanos, Receiver<? super T> out) {
        serve(nowNanos);
        while (!inFlight.isEmpty() && inFlight.peek().atNanos <= nowNanos) {
            InFlight<T> arrived = inFlight.remove();
            out.onArrival(arrived.packet, arrived.queuedNanos, arrived.atNanos);
        }
    }

    private void serve(long nowNanos) {
        while (serviceEndsNanos <= nowNanos) {
            Queued<T> sent = queue.removeFirst();
            queuedBytes -= sent.sizeBytes;
            inFlight.add(
                    new InFlight<>(
                            sent.packet,
                            serviceBeganNanos - sent.sinceNanos,
                            sent.path.arrivalNanos(serviceEndsNanos),
                            accepted++));
            serveFirst(serviceEndsNanos);
        }
    }

    private void serveFirst(long nowNanos) {
        Queued<T> first = queue.peekFirst();
        serviceBeganNanos = nowNanos;
        serviceEndsNanos =
                first == null
                        ? Deadline.NEVER
                        : nowNanos + (long) (first.sizeBytes * 8 * NANOS_PER_SECOND / rateBps);
    }
}
