package dev.sluice.srtp.dtls;

import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One side of a DTLS-SRTP association (RFC 5764): datagrams and time in, datagrams and keys out.
 * BouncyCastle's handshake blocks, so it runs on a virtual thread of this endpoint's, which ends
 * with the association.
 *
 * <p>The methods may be called from any one thread at a time and never block, but for {@link
 * #awaitIdle}. After the handshake the thread stays, to answer retransmissions of the peer's last
 * flight and to see its close_notify. How many endpoints there are at once is bounded by their
 * owner.
 */
public final class DtlsEndpoint {

    /** Fits every path that carries WebRTC media. */
    public static final int MAX_SENT_DATAGRAM_SIZE_BYTES = 1200;

    /** Larger datagrams are dropped: an Ethernet frame carries no more. */
    public static final int MAX_RECEIVED_DATAGRAM_SIZE_BYTES = 1500;

    /**
     * How long a flight waits for its answer at first; it doubles with each retransmission. RFC
     * 6347 section 4.2.4.1 starts at a second and lets real-time protocols start lower, as a viewer
     * waits for this.
     */
    public static final long FIRST_RETRANSMISSION_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** From a client's start, or a server's first datagram, to the handshake's failure. */
    public static final long HANDSHAKE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    static final int FIRST_RETRANSMISSION_MILLIS =
            (int) TimeUnit.NANOSECONDS.toMillis(FIRST_RETRANSMISSION_NANOS);

    private final DtlsMailbox mailbox;
    private final Thread thread;

    /** Read and written by the owner only: a server hears nothing but a ClientHello at first. */
    private boolean awaitsClientHello;

    private DtlsEndpoint(DtlsMailbox mailbox, Thread thread, boolean awaitsClientHello) {
        this.mailbox = mailbox;
        this.thread = thread;
        this.awaitsClientHello = awaitsClientHello;
    }

    /**
     * Starts the passive side, which waits for a ClientHello.
     *
     * @param profiles in order of preference
     * @throws IllegalArgumentException when there is no profile
     */
    public static DtlsEndpoint server(
            CertificateIdentity identity,
            DtlsFingerprint expectedPeer,
            List<SrtpProfile> profiles,
            DtlsOutput output,
            long nowNanos) {
        DtlsNegotiation negotiation = new DtlsNegotiation(identity, expectedPeer, profiles);
        DtlsMailbox mailbox = new DtlsMailbox(nowNanos);
        return start(
                "dtls-server", new DtlsServerRole(negotiation), negotiation, mailbox, output, true);
    }

    /**
     * Starts the active side, which sends its ClientHello at once.
     *
     * @param profiles in order of preference
     * @throws IllegalArgumentException when there is no profile
     */
    public static DtlsEndpoint client(
            CertificateIdentity identity,
            DtlsFingerprint expectedPeer,
            List<SrtpProfile> profiles,
            DtlsOutput output,
            long nowNanos) {
        DtlsNegotiation negotiation = new DtlsNegotiation(identity, expectedPeer, profiles);
        return client(new DtlsClientRole(negotiation), negotiation, output, nowNanos);
    }

    static DtlsEndpoint client(
            DtlsClientRole role, DtlsNegotiation negotiation, DtlsOutput output, long nowNanos) {
        DtlsMailbox mailbox = new DtlsMailbox(nowNanos);
        mailbox.startHandshakeTimeout(nowNanos);
        return start("dtls-client", role, negotiation, mailbox, output, false);
    }

    private static DtlsEndpoint start(
            String name,
            DtlsRole role,
            DtlsNegotiation negotiation,
            DtlsMailbox mailbox,
            DtlsOutput output,
            boolean isServer) {
        DtlsAssociation association = new DtlsAssociation(role, negotiation, mailbox, output);
        return new DtlsEndpoint(
                mailbox, Thread.ofVirtual().name(name).start(association), isServer);
    }

    /**
     * Hands in a datagram from the peer; its readable bytes are copied.
     *
     * @return false when it was dropped: it is no DTLS, the inbox is full or the association has
     *     ended
     */
    public boolean onDatagram(ByteBuf datagram, long nowNanos) {
        if (datagram.readableBytes() > MAX_RECEIVED_DATAGRAM_SIZE_BYTES
                || !RecordFilter.accepts(datagram, awaitsClientHello)) {
            return false;
        }
        awaitsClientHello = false;
        mailbox.startHandshakeTimeout(nowNanos);
        return mailbox.offer(ByteBufUtil.getBytes(datagram), nowNanos);
    }

    /** The time is {@code nowNanos}: retransmits or gives up, if it is time for that. */
    public void onDeadline(long nowNanos) {
        mailbox.advance(nowNanos);
    }

    /**
     * When to call {@link #onDeadline}. The answer changes while the endpoint's thread works; it is
     * never too late if it is asked for again after each call to this endpoint and at the time it
     * names.
     */
    public long nextDeadlineNanos() {
        return mailbox.nextDeadlineNanos();
    }

    /** Ends the association, or the handshake as failed, and the thread; the peer is told. */
    public void close(long nowNanos) {
        mailbox.advance(nowNanos);
        mailbox.interrupt(DtlsFailure.CLOSED);
    }

    /** Whether the association and its thread have ended. */
    public boolean isEnded() {
        return mailbox.isEnded();
    }

    /**
     * For drivers in virtual time: blocks until the endpoint's thread waits for a datagram or a
     * deadline, or has ended.
     *
     * @param limit by the wall clock
     * @return false when the limit has passed first
     */
    public boolean awaitIdle(Duration limit) {
        return mailbox.awaitSettled(limit);
    }

    Thread thread() {
        return thread;
    }
}
