package dev.sluice.media.sim;

import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A network between endpoints in virtual time: the same seed and the same calls give the same fate
 * to every datagram.
 *
 * @param <E> what names an endpoint, with equality; often an {@code InetSocketAddress}
 */
public final class SimulatedNetwork<E> {

    private final Map<Path<E>, SimulatedLink> links = new HashMap<>();
    private final PriorityQueue<InFlight<E>> inFlight = new PriorityQueue<>(InFlight.order());
    private final Random seeds;
    private final LinkConditions defaults;
    private long sent;
    private long accepted;

    /**
     * @param defaults of every link that {@link #link} has not set
     */
    public SimulatedNetwork(long seed, LinkConditions defaults) {
        this.seeds = new Random(seed);
        this.defaults = defaults;
    }

    private record Path<E>(E from, E to) {}

    private record InFlight<E>(Delivery<E> delivery, long position) {

        static <E> Comparator<InFlight<E>> order() {
            return Comparator.<InFlight<E>>comparingLong(one -> one.delivery.atNanos())
                    .thenComparingLong(InFlight::position);
        }
    }

    /** Sets the conditions of one direction for what is sent from now on. */
    public void link(E from, E to, LinkConditions conditions) {
        linkOf(from, to).conditions(conditions);
    }

    /** Sends a copy of the readable bytes; the buffer stays the caller's and as it is. */
    public void send(E from, E to, ByteBuf datagram, long nowNanos) {
        sent++;
        linkOf(from, to)
                .send(
                        datagram.readableBytes(),
                        nowNanos,
                        atNanos -> {
                            ByteBuf copy = Unpooled.copiedBuffer(datagram);
                            inFlight.add(
                                    new InFlight<>(
                                            new Delivery<>(from, to, copy, atNanos), accepted++));
                        });
    }

    /** When the next datagram arrives, or {@link Deadline#NEVER} when none is under way. */
    public long nextDeliveryNanos() {
        InFlight<E> next = inFlight.peek();
        return next == null ? Deadline.NEVER : next.delivery.atNanos();
    }

    /** Takes what has arrived by now, in the order of arrival. */
    public List<Delivery<E>> poll(long nowNanos) {
        var arrived = new ArrayList<Delivery<E>>();
        while (Deadline.isDue(nextDeliveryNanos(), nowNanos)) {
            arrived.add(inFlight.remove().delivery);
        }
        return arrived;
    }

    /** Datagrams handed to {@link #send}. */
    public long sent() {
        return sent;
    }

    /** Datagrams lost by chance. */
    public long lost() {
        return links.values().stream().mapToLong(SimulatedLink::lost).sum();
    }

    /** Datagrams dropped because the queue before a link was full. */
    public long queueDrops() {
        return links.values().stream().mapToLong(SimulatedLink::queueDrops).sum();
    }

    private SimulatedLink linkOf(E from, E to) {
        return links.computeIfAbsent(
                new Path<>(from, to),
                path -> new SimulatedLink(defaults, new Random(seeds.nextLong())));
    }
}
