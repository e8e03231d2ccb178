package dev.sluice.load.app;

import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.ice.IceLiteAgent;
import dev.sluice.media.ice.IceSink;
import dev.sluice.media.ice.LocalCandidate;
import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.media.sdp.NegotiatedSession;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.srtp.dtls.DtlsEndpoint;
import dev.sluice.srtp.dtls.DtlsFailure;
import dev.sluice.srtp.dtls.DtlsOutput;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.KeyingMaterial;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server's side of one session with a publisher: answers ICE and DTLS, and hears no media. */
final class ServerPeer implements IceSink, DtlsOutput, AutoCloseable {

    private static final int MAX_DATAGRAM_BYTES = 2048;
    private static final long CONSENT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final DatagramSocket socket;
    private final IceCredentials local;
    private final CertificateIdentity identity;
    private volatile InetSocketAddress remote = new InetSocketAddress(0);

    ServerPeer(IceCredentials local, CertificateIdentity identity) throws IOException {
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        this.local = local;
        this.identity = identity;
    }

    /** The value of an {@code a=candidate} line. */
    String candidate() {
        var address = new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
        return LocalCandidate.host(0, address, 1).toCandidate().toAttribute();
    }

    void serve(NegotiatedSession session) {
        Thread.ofVirtual().start(() -> receiveAll(session));
    }

    private void receiveAll(NegotiatedSession session) {
        var credentials = new IceCredentials(session.remoteUfrag(), session.remotePwd());
        IceLiteAgent ice =
                new IceLiteAgent(
                        local,
                        credentials,
                        CONSENT_NANOS,
                        UnpooledByteBufAllocator.DEFAULT,
                        System.nanoTime());
        DtlsEndpoint dtls =
                DtlsEndpoint.server(
                        identity,
                        DtlsFingerprint.parse(session.remoteFingerprint()),
                        List.of(SrtpProfile.AEAD_AES_128_GCM),
                        this,
                        System.nanoTime());
        try {
            while (true) {
                receive(ice, dtls);
            }
        } catch (IOException e) {
            // The socket is closed: the session is over.
            dtls.close(System.nanoTime());
        }
    }

    private void receive(IceLiteAgent ice, DtlsEndpoint dtls) throws IOException {
        var packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        socket.receive(packet);
        remote = (InetSocketAddress) packet.getSocketAddress();
        ByteBuf datagram = Unpooled.wrappedBuffer(packet.getData(), 0, packet.getLength());
        switch (DatagramKind.of(datagram)) {
            case STUN -> {
                StunMessage stun = new StunMessage();
                if (stun.wrap(datagram)) {
                    ice.onStun(stun, new NetworkPath(0, remote), System.nanoTime(), this);
                }
            }
            case DTLS -> dtls.onDatagram(datagram, System.nanoTime());
            default -> {}
        }
    }

    @Override
    public void sendStun(ByteBuf message, NetworkPath path) {
        transmit(ByteBufUtil.getBytes(message));
        message.release();
    }

    @Override
    public void transmit(byte[] datagram) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, remote));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
    public void onConsentExpired() {}

    @Override
    public void connected(KeyingMaterial keys) {}

    @Override
    public void failed(DtlsFailure reason, String detail) {}

    @Override
    public void closed(String reason) {}

    @Override
    public void close() {
        socket.close();
    }
}
