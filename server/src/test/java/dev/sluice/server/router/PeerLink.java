package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.dtls.DtlsEndpoint;
import dev.sluice.srtp.dtls.DtlsFailure;
import dev.sluice.srtp.dtls.DtlsOutput;
import dev.sluice.srtp.dtls.DtlsStatus;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.KeyingMaterial;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A peer in its world, with the DTLS endpoint that runs on a thread of its own. */
final class PeerLink implements DtlsOutput {

    private final EngineWorld world;
    private final SimulatedPeer peer;
    private @Nullable DtlsEndpoint dtls;
    private boolean deaf;
    private boolean holdsLastFlight;
    private final List<byte[]> held = new ArrayList<>();

    PeerLink(EngineWorld world, SimulatedPeer peer) {
        this.world = world;
        this.peer = peer;
    }

    SimulatedPeer peer() {
        return peer;
    }

    void startHandshake() {
        startHandshake(WorldSettings.PEER_IDENTITY);
    }

    void startHandshake(CertificateIdentity identity) {
        DtlsFingerprint server = peer.serverFingerprint();
        dtls =
                peer.isDtlsServer()
                        ? DtlsEndpoint.server(
                                identity, server, WorldSettings.PROFILES, this, world.nowNanos())
                        : DtlsEndpoint.client(
                                identity, server, WorldSettings.PROFILES, this, world.nowNanos());
    }

    /** Nothing that the server says by DTLS arrives from now on. */
    void turnDeaf() {
        deaf = true;
    }

    void hearAgain() {
        deaf = false;
    }

    /** What ends the handshake for the server is under way until {@link #releaseLastFlight}. */
    void holdLastFlight() {
        holdsLastFlight = true;
    }

    void releaseLastFlight() {
        holdsLastFlight = false;
        held.forEach(this::toEngine);
        held.clear();
    }

    void onDtls(ByteBuf datagram) {
        if (dtls != null && !deaf) {
            assertThat(dtls.onDatagram(datagram, world.nowNanos()))
                    .isIn(DtlsStatus.OK, DtlsStatus.ENDED);
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
        world.post(() -> send(datagram));
    }

    private void send(byte[] datagram) {
        if (holdsLastFlight && peer.isConnected()) {
            held.add(datagram);
        } else {
            toEngine(datagram);
        }
    }

    private void toEngine(byte[] datagram) {
        world.toEngine(peer.address(), Unpooled.wrappedBuffer(datagram));
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
    public void closed(String reason) {
        world.post(peer::onClosed);
    }
}
