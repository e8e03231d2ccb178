package dev.sluice.media.ice;

import dev.sluice.media.sim.Delivery;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.sim.SimulatedNetwork;
import dev.sluice.media.sim.VirtualTime;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Agents, NATs between them and a network, in virtual time. */
final class IceWorld {

    private static final long MILLI = 1_000_000L;

    /** Negative, as the monotonic clock of a real machine may be. */
    private static final long START_NANOS = -5_000_000_000_000L;

    private static final int MAX_STEPS_AT_ONCE = 10_000;

    /** Somebody with sockets. */
    interface Node {

        /** Its sockets' addresses, by index. */
        List<InetSocketAddress> sockets();

        @Nullable Nat nat();

        void onDatagram(ByteBuf datagram, NetworkPath path);

        void onDeadline();

        long nextDeadlineNanos();
    }

    private final VirtualTime time = new VirtualTime(START_NANOS);
    private final SimulatedNetwork<InetSocketAddress> network;
    private final List<Node> nodes = new ArrayList<>();
    private boolean cut;

    IceWorld(long seed, LinkConditions conditions) {
        network = new SimulatedNetwork<>(seed, conditions);
    }

    IceWorld(long seed) {
        this(seed, LinkConditions.PERFECT.withDelayMillis(20));
    }

    long nowNanos() {
        return time.nowNanos();
    }

    void add(Node node) {
        nodes.add(node);
    }

    /** Nothing arrives any more, or all does again. */
    void cut(boolean isCut) {
        cut = isCut;
    }

    long sent() {
        return network.sent();
    }

    void send(Node from, NetworkPath path, ByteBuf datagram) {
        InetSocketAddress inside = from.sockets().get(path.socket());
        Nat nat = from.nat();
        boolean isLan =
                nodes.stream()
                        .anyMatch(
                                other ->
                                        other.nat() == nat
                                                && other.sockets().contains(path.remote()));
        InetSocketAddress source =
                nat == null || isLan ? inside : nat.outbound(inside, path.remote());
        network.send(source, path.remote(), datagram, nowNanos());
    }

    /** Brings a datagram of anybody, under any source address, to a socket now. */
    static void inject(Node to, int socket, InetSocketAddress from, ByteBuf datagram) {
        to.onDatagram(datagram, new NetworkPath(socket, from));
    }

    void run(long millis) {
        long endNanos = nowNanos() + millis * MILLI;
        int stepsAtOnce = 0;
        for (long next = nextNanos(); next <= endNanos; next = nextNanos()) {
            stepsAtOnce = next <= nowNanos() ? stepsAtOnce + 1 : 0;
            if (stepsAtOnce > MAX_STEPS_AT_ONCE) {
                throw new AssertionError("An agent asks to be called at once, for ever");
            }
            time.advanceTo(next);
            network.poll(nowNanos()).forEach(this::deliver);
            for (Node node : nodes) {
                if (node.nextDeadlineNanos() <= nowNanos()) {
                    node.onDeadline();
                }
            }
        }
        time.advanceTo(endNanos);
    }

    private long nextNanos() {
        long next = network.nextDeliveryNanos();
        for (Node node : nodes) {
            next = Math.min(next, node.nextDeadlineNanos());
        }
        return next;
    }

    private void deliver(Delivery<InetSocketAddress> delivery) {
        if (cut) {
            return;
        }
        for (Node node : nodes) {
            Nat nat = node.nat();
            InetSocketAddress to = destination(delivery, nat);
            int socket = to == null ? -1 : node.sockets().indexOf(to);
            if (socket >= 0) {
                node.onDatagram(delivery.datagram(), new NetworkPath(socket, delivery.from()));
                return;
            }
        }
    }

    private static @Nullable InetSocketAddress destination(
            Delivery<InetSocketAddress> delivery, @Nullable Nat nat) {
        if (nat == null) {
            return delivery.to();
        }
        if (nat.publicAddress().equals(delivery.to().getAddress())) {
            return nat.inbound(delivery.to(), delivery.from());
        }
        return isPrivate(delivery.from()) ? delivery.to() : null;
    }

    private static boolean isPrivate(InetSocketAddress address) {
        return address.getAddress().isSiteLocalAddress();
    }
}
