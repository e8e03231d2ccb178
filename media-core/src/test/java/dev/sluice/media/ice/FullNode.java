package dev.sluice.media.ice;

import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** A full agent with its sockets, which sends data each 20 ms once it may. */
final class FullNode implements IceWorld.Node {

    private static final long DATA_PERIOD_NANOS = 20_000_000L;
    private static final int DATA_FIRST_BYTE = 0x80;

    final IceAgent agent;
    final List<String> events = new ArrayList<>();
    final List<IceStatus> statuses = new ArrayList<>();
    final List<ByteBuf> sentStun = new ArrayList<>();
    final List<NetworkPath> sentStunTo = new ArrayList<>();
    private final IceWorld world;
    private final List<InetSocketAddress> sockets;
    private final @Nullable Nat nat;
    private final Random random;
    private final Sink sink = new Sink();
    private final StunMessage stun = new StunMessage();
    private long nextDataNanos = Deadline.NEVER;
    int dataReceived;
    int dataRefused;
    int dataSent;
    int expirations;
    boolean deaf;

    FullNode(IceWorld world, IceRole role, long seed, @Nullable Nat nat, String... addresses) {
        this.world = world;
        this.nat = nat;
        this.random = new Random(seed);
        this.sockets =
                java.util.Arrays.stream(addresses)
                        .map(address -> new InetSocketAddress(address, 5_000 + (int) seed))
                        .toList();
        this.agent =
                new IceAgent(
                        role,
                        IceCredentials.random(random),
                        UnpooledByteBufAllocator.DEFAULT,
                        random);
        for (int socket = 0; socket < sockets.size(); socket++) {
            agent.addLocalCandidate(host(socket));
        }
        world.add(this);
    }

    LocalCandidate host(int socket) {
        return LocalCandidate.host(socket, sockets.get(socket), 65_535 - socket);
    }

    List<IceCandidate> candidates() {
        List<IceCandidate> candidates = new ArrayList<>();
        for (int socket = 0; socket < sockets.size(); socket++) {
            candidates.add(
                    Objects.requireNonNull(
                            IceCandidate.parse(host(socket).toCandidate().toAttribute())));
        }
        return candidates;
    }

    /** Tells this agent of the other's credentials and candidates. */
    void hearOf(FullNode other) {
        other.candidates().forEach(agent::addRemoteCandidate);
        hearCredentials(other.agent.localCredentials(), false);
    }

    void hearCredentials(IceCredentials credentials, boolean lite) {
        agent.onRemoteCredentials(credentials, lite, world.nowNanos(), sink);
    }

    void restart() {
        agent.restart(IceCredentials.random(random), world.nowNanos(), sink);
    }

    static void introduce(FullNode one, FullNode other) {
        one.hearOf(other);
        other.hearOf(one);
    }

    void startData() {
        nextDataNanos = world.nowNanos();
    }

    @Override
    public List<InetSocketAddress> sockets() {
        return sockets;
    }

    @Override
    public @Nullable Nat nat() {
        return nat;
    }

    @Override
    public void onDatagram(ByteBuf datagram, NetworkPath path) {
        if (deaf) {
            return;
        }
        if (datagram.getUnsignedByte(datagram.readerIndex()) == DATA_FIRST_BYTE) {
            if (agent.isValidated(path)) {
                dataReceived++;
            } else {
                dataRefused++;
            }
        } else if (stun.wrap(datagram)) {
            statuses.add(agent.onStun(stun, path, world.nowNanos(), sink));
        }
    }

    @Override
    public void onDeadline() {
        if (Deadline.isDue(agent.nextDeadlineNanos(), world.nowNanos())) {
            agent.onDeadline(world.nowNanos(), sink);
        }
        NetworkPath path = agent.path();
        if (Deadline.isDue(nextDataNanos, world.nowNanos())) {
            nextDataNanos = world.nowNanos() + DATA_PERIOD_NANOS;
            if (path != null) {
                dataSent++;
                world.send(this, path, Unpooled.wrappedBuffer(new byte[] {(byte) 0x80, 1, 2}));
            }
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return Math.min(agent.nextDeadlineNanos(), nextDataNanos);
    }

    Sink sink() {
        return sink;
    }

    /** Records and sends. */
    final class Sink implements IceAgentSink {

        final List<InetSocketAddress> connects = new ArrayList<>();

        @Override
        public void sendStun(ByteBuf message, NetworkPath path) {
            sentStun.add(Unpooled.copiedBuffer(message));
            sentStunTo.add(path);
            if (!path.isTcp()) {
                world.send(FullNode.this, path, message);
            }
            message.release();
        }

        @Override
        public void onPathValidated(NetworkPath path) {
            events.add("validated " + path.remote().getPort());
        }

        @Override
        public void onPathRetired(NetworkPath path) {
            events.add("retired " + path.remote().getPort());
        }

        @Override
        public void onPathSelected(NetworkPath path) {
            events.add("selected " + path.remote().getPort());
        }

        @Override
        public void onUfragRetired(String localUfrag) {
            events.add("ufrag retired");
        }

        @Override
        public void onConsentExpired() {
            expirations++;
            events.add("consent expired");
        }

        @Override
        public void onState(IceState state) {
            events.add(state.name());
        }

        @Override
        public void connect(LocalCandidate from, InetSocketAddress to) {
            connects.add(to);
        }
    }
}
