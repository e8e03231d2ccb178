package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.sim.Delivery;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.sim.SimulatedNetwork;

import io.netty.buffer.ByteBuf;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The network between the peers of a world and its server, whose loops share one address. */
final class WorldNetwork {

    private final SimulatedNetwork<InetSocketAddress> network;
    private final int loops;
    private final Map<InetSocketAddress, Integer> loopOf = new HashMap<>();
    private final Map<InetSocketAddress, NetworkPath> connections = new HashMap<>();

    WorldNetwork(long seed, int loops) {
        this.network = new SimulatedNetwork<>(seed, LinkConditions.PERFECT.withDelayMillis(10));
        this.loops = loops;
    }

    /** Has the datagrams of an address reach a loop, as the kernel does by its hash. */
    void lead(InetSocketAddress from, int loop) {
        loopOf.put(from, loop);
    }

    int loopOf(InetSocketAddress from) {
        return loopOf.getOrDefault(from, from.getPort() % loops);
    }

    void linkToServer(InetSocketAddress peer, LinkConditions conditions) {
        network.link(peer, WorldSettings.SERVER, conditions);
    }

    void linkToPeer(InetSocketAddress peer, LinkConditions conditions) {
        network.link(WorldSettings.SERVER, peer, conditions);
    }

    void sendToServer(InetSocketAddress from, ByteBuf datagram, long nowNanos) {
        network.send(from, WorldSettings.SERVER, datagram, nowNanos);
    }

    void sendToPeer(InetSocketAddress to, ByteBuf datagram, long nowNanos) {
        network.send(WorldSettings.SERVER, to, datagram, nowNanos);
    }

    List<Delivery<InetSocketAddress>> poll(long nowNanos) {
        return network.poll(nowNanos);
    }

    long nextDeliveryNanos() {
        return network.nextDeliveryNanos();
    }

    /** What comes from the address comes by a TCP connection from now on. */
    NetworkPath connect(InetSocketAddress peer) {
        int number = connections.size() * loops + loopOf(peer);
        NetworkPath connection = NetworkPath.ofConnection(number, peer);
        connections.put(peer, connection);
        return connection;
    }

    NetworkPath disconnect(InetSocketAddress peer) {
        return Objects.requireNonNull(connections.remove(peer));
    }

    /** The path by which the server hears an address. */
    NetworkPath pathOf(InetSocketAddress peer) {
        NetworkPath connection = connections.get(peer);
        return connection == null ? new NetworkPath(0, peer) : connection;
    }
}
