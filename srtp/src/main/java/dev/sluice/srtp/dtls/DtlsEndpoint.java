package dev.sluice.srtp.dtls;

import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.KeyingMaterial;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsTimeoutException;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * One side of a DTLS 1.2 connection that makes SRTP keys (RFC 5764): datagrams in, datagrams out.
 * BouncyCastle's DTLS blocks, so it runs on a virtual thread of its own, which also waits out the
 * retransmission times; the caller never blocks. After the handshake the thread stays, for lost
 * last flights and for close_notify.
 */
public final class DtlsEndpoint {

    /** The thread looks up this often when nothing comes. */
    private static final int IDLE_WAIT_MILLIS = 60_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final DtlsOutput output;
    private final DatagramInbox inbox;
    private final SrtpNegotiation negotiation;

    private DtlsEndpoint(DtlsOutput output, SrtpNegotiation negotiation) {
        this.output = output;
        this.inbox = new DatagramInbox(output);
        this.negotiation = negotiation;
    }

    /** Starts the passive side, which waits for the peer's ClientHello. */
    public static DtlsEndpoint server(
            CertificateIdentity identity,
            DtlsFingerprint expectedPeer,
            List<SrtpProfile> profiles,
            DtlsOutput output) {
        var endpoint =
                new DtlsEndpoint(output, new SrtpNegotiation(identity, expectedPeer, profiles));
        endpoint.start("dtls-server", endpoint::accept);
        return endpoint;
    }

    /** Starts the active side, which sends a ClientHello at once. */
    public static DtlsEndpoint client(
            CertificateIdentity identity,
            DtlsFingerprint expectedPeer,
            List<SrtpProfile> profiles,
            DtlsOutput output) {
        var endpoint =
                new DtlsEndpoint(output, new SrtpNegotiation(identity, expectedPeer, profiles));
        endpoint.start("dtls-client", endpoint::connect);
        return endpoint;
    }

    private interface Handshake {

        DTLSTransport run() throws IOException;
    }

    private void start(String name, Handshake handshake) {
        Thread.ofVirtual().name(name).start(() -> run(handshake));
    }

    private DTLSTransport accept() throws IOException {
        BcTlsCrypto crypto = new BcTlsCrypto(RANDOM);
        return new DTLSServerProtocol().accept(new SrtpTlsServer(crypto, negotiation), inbox);
    }

    private DTLSTransport connect() throws IOException {
        BcTlsCrypto crypto = new BcTlsCrypto(RANDOM);
        return new DTLSClientProtocol().connect(new SrtpTlsClient(crypto, negotiation), inbox);
    }

    private void run(Handshake handshake) {
        try {
            DTLSTransport transport = handshake.run();
            KeyingMaterial keys = negotiation.keys();
            if (keys == null) {
                throw new IOException("the handshake ended without keys");
            }
            output.connected(keys);
            serve(transport);
        } catch (IOException | RuntimeException e) {
            if (!inbox.isClosing()) {
                DtlsFailure failure =
                        e instanceof TlsTimeoutException
                                ? DtlsFailure.TIMED_OUT
                                : negotiation.failure();
                output.failed(failure, String.valueOf(e.getMessage()));
            }
        } finally {
            inbox.end();
        }
    }

    /** Reads until one side closes; application data is not expected and dropped. */
    private void serve(DTLSTransport transport) {
        try {
            readUntilInterrupted(transport);
            transport.close();
        } catch (IOException | RuntimeException e) {
            negotiation.onPeerClosed();
        }
        if (!inbox.isClosing()) {
            output.closed();
        }
    }

    private void readUntilInterrupted(DTLSTransport transport) throws IOException {
        byte[] buffer = new byte[inbox.getReceiveLimit()];
        try {
            while (!negotiation.isPeerClosed()) {
                transport.receive(buffer, 0, buffer.length, IDLE_WAIT_MILLIS);
            }
        } catch (InterruptedIOException e) {
            // The inbox hands out no more: one side closes.
        }
    }

    /**
     * Takes a datagram; a copy is made. False when it was dropped: too many wait, or the end has
     * come.
     */
    public boolean onDatagram(ByteBuf datagram) {
        return inbox.offer(ByteBufUtil.getBytes(datagram));
    }

    /**
     * Ends the connection: close_notify goes to a connected peer, and the thread ends. Idempotent.
     */
    public void close() {
        inbox.startClosing();
    }

    /** Whether the endpoint's thread is over. */
    public boolean hasEnded() {
        return inbox.hasEnded();
    }

    /**
     * Waits until all datagrams are worked off and the thread waits for more, or is over; for
     * drivers in virtual time.
     *
     * @return false when the limit passed before
     */
    public boolean awaitIdle(Duration limit) throws InterruptedException {
        return inbox.awaitSettled(limit);
    }
}
