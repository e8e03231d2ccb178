package dev.sluice.server.router;

import dev.sluice.srtp.dtls.DtlsEndpoint;
import dev.sluice.srtp.dtls.DtlsFailure;
import dev.sluice.srtp.dtls.DtlsOutput;
import dev.sluice.srtp.keys.KeyingMaterial;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

/** A peer in its world, with the DTLS client that runs on a thread of its own. */
final class PeerLink implements DtlsOutput {

    private final EngineWorld world;
    private final SimulatedPeer peer;
    private @Nullable DtlsEndpoint dtls;
    private boolean deaf;

    PeerLink(EngineWorld world, SimulatedPeer peer) {
        this.world = world;
        this.peer = peer;
    }

    SimulatedPeer peer() {
        return peer;
    }

    void startHandshake() {
        dtls =
                DtlsEndpoint.client(
                        EngineWorld.PEER_IDENTITY,
                        EngineWorld.SERVER_IDENTITY.fingerprint(),
                        EngineWorld.PROFILES,
                        this,
                        world.nowNanos());
    }

    /** Nothing that the server says by DTLS arrives from now on. */
    void turnDeaf() {
        deaf = true;
    }

    void onDtls(ByteBuf datagram) {
        if (dtls != null && !deaf) {
            dtls.onDatagram(datagram, world.nowNanos());
        }
    }

    void onDatagram(ByteBuf datagram) {
        peer.onDatagram(datagram, world.nowNanos(), world::send);
    }

    void close() {
        if (dtls != null) {
            dtls.close(world.nowNanos());
        }
    }

    @Override
    public void transmit(byte[] datagram) {
        world.post(() -> world.toEngine(peer.address(), Unpooled.wrappedBuffer(datagram)));
    }

    @Override
    public void connected(KeyingMaterial keys) {
        world.post(() -> peer.onKeys(keys));
    }

    @Override
    public void failed(DtlsFailure failure, String detail) {
        world.post(peer::onClosed);
    }

    @Override
    public void closed() {
        world.post(peer::onClosed);
    }
}
