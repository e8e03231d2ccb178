package dev.sluice.media.ice;

import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;

/** A lite agent with one socket. */
final class LiteNode implements IceWorld.Node {

    final IceCredentials credentials = IceCredentials.random(new Random(99));
    final IceLiteAgent agent;
    private final IceWorld world;
    private final InetSocketAddress socket = new InetSocketAddress("192.0.2.1", 8081);
    private final StunMessage stun = new StunMessage();
    boolean expired;
    boolean deaf;

    LiteNode(IceWorld world, IceCredentials remote) {
        this.world = world;
        this.agent =
                new IceLiteAgent(
                        credentials,
                        remote,
                        30_000_000_000L,
                        UnpooledByteBufAllocator.DEFAULT,
                        world.nowNanos());
        world.add(this);
    }

    IceCandidate candidate() {
        return IceCandidate.hosts(List.of(socket)).getFirst();
    }

    @Override
    public List<InetSocketAddress> sockets() {
        return List.of(socket);
    }

    @Override
    public @Nullable Nat nat() {
        return null;
    }

    @Override
    public void onDatagram(ByteBuf datagram, NetworkPath path) {
        if (!deaf && stun.wrap(datagram)) {
            agent.onStun(stun, path, world.nowNanos(), sink());
        }
    }

    @Override
    public void onDeadline() {
        if (Deadline.isDue(agent.nextDeadlineNanos(), world.nowNanos())) {
            agent.onDeadline(world.nowNanos(), sink());
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return agent.nextDeadlineNanos();
    }

    private IceSink sink() {
        return new IceSink() {
            @Override
            public void sendStun(ByteBuf answer, NetworkPath path) {
                world.send(LiteNode.this, path, answer);
                answer.release();
            }

            @Override
            public void onPathValidated(NetworkPath path) {}

            @Override
            public void onPathRetired(NetworkPath path) {}

            @Override
            public void onPathSelected(NetworkPath path) {}

            @Override
            public void onUfragRetired(String localUfrag) {}

            @Override
            public void onConsentExpired() {
                expired = true;
            }
        };
    }
}
