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
     * How long a flight waits for its answer at first; it doubles with each retransmission, up to
     * {@link #MAX_RETRANSMISSION_NANOS}. RFC 6347 section 4.2.4.1 starts at a second and lets
     * real-time protocols start lower, as a viewer waits for this.
     */
    public static final long FIRST_RETRANSMISSION_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * RFC 6347 section 4.2.4.1 would double up to a minute. A handshake has no longer than that
     * here, and a flight each second is no burden on a path that is about to carry media.
     */
    public static final long MAX_RETRANSMISSION_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * From a client's start, or a server's first datagram, to the handshake's failure, where the
     * owner names no other time.
     */
    public static final long HANDSHAKE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    /**
     * The longest time that an owner may name: after it BouncyCastle would begin to send flights
     * again by a clock of its own.
     */
    public static final long MAX_HANDSHAKE_TIMEOUT_NANOS =
            TimeUnit.MILLISECONDS.toNanos(MailboxTransport.BOUNCY_CASTLE_RESEND_MILLIS);

    /** What each side numbers its first handshake message. */
    private static final int FIRST_MESSAGE = 0;

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
     * Starts the passive side, which waits for a ClientHello. No cookie is asked for: the caller
     * knows that the peer owns its address, by ICE for instance.
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
        return server(identity, expectedPeer, profiles, HANDSHAKE_TIMEOUT_NANOS, output, nowNanos);
    }

    /**
     * As above.
     *
     * @param handshakeTimeoutNanos 1 to {@link #MAX_HANDSHAKE_TIMEOUT_NANOS}
     * @throws IllegalArgumentException when there is no profile, or no such time
     */
    public static DtlsEndpoint server(
            CertificateIdentity identity,
            DtlsFingerprint expectedPeer,
            List<SrtpProfile> profiles,
            long handshakeTimeoutNanos,
            DtlsOutput output,
            long nowNanos) {
        DtlsNegotiation negotiation = new DtlsNegotiation(identity, expectedPeer, profiles);
        DtlsRole role = new DtlsServerRole(negotiation, false);
        DtlsMailbox mailbox = new DtlsMailbox(handshakeTimeoutNanos, nowNanos);
        return start("dtls-server", role, negotiation, mailbox, output, true, FIRST_MESSAGE);
    }

    /**
     * Starts the passive side for a client whose cookie a {@link CookieVerifier} has accepted; the
     * datagram with it is to be handed in.
     *
     * @param profiles in order of preference
     * @throws IllegalArgumentException when there is no profile
     */
    public static DtlsEndpoint serverAfterCookie(
            CertificateIdentity identity,
            DtlsFingerprint expectedPeer,
            List<SrtpProfile> profiles,
            DtlsOutput output,
            long nowNanos) {
        DtlsNegotiation negotiation = new DtlsNegotiation(identity, expectedPeer, profiles);
        DtlsRole role = new DtlsServerRole(negotiation, true);
        DtlsMailbox mailbox = new DtlsMailbox(HANDSHAKE_TIMEOUT_NANOS, nowNanos);
        return start(
                "dtls-server",
                role,
                negotiation,
                mailbox,
                output,
                true,
                CookieVerifier.HELLO_WITH_COOKIE);
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
        return client(identity, expectedPeer, profiles, HANDSHAKE_TIMEOUT_NANOS, output, nowNanos);
    }

    /**
     * As above.
     *
     * @param handshakeTimeoutNanos 1 to {@link #MAX_HANDSHAKE_TIMEOUT_NANOS}
     * @throws IllegalArgumentException when there is no profile, or no such time
     */
    public static DtlsEndpoint client(
            CertificateIdentity identity,
            DtlsFingerprint expectedPeer,
            List<SrtpProfile> profiles,
            long handshakeTimeoutNanos,
            DtlsOutput output,
            long nowNanos) {
        DtlsNegotiation negotiation = new DtlsNegotiation(identity, expectedPeer, profiles);
        DtlsRole role = new DtlsClientRole(negotiation);
        return client(role, negotiation, handshakeTimeoutNanos, output, nowNanos);
    }

    static DtlsEndpoint client(
            DtlsRole role,
            DtlsNegotiation negotiation,
            long handshakeTimeoutNanos,
            DtlsOutput output,
            long nowNanos) {
        DtlsMailbox mailbox = new DtlsMailbox(handshakeTimeoutNanos, nowNanos);
        mailbox.startHandshakeTimeout(nowNanos);
        return start("dtls-client", role, negotiation, mailbox, output, false, FIRST_MESSAGE);
    }

    private static DtlsEndpoint start(
            String name,
            DtlsRole role,
            DtlsNegotiation negotiation,
            DtlsMailbox mailbox,
            DtlsOutput output,
            boolean isServer,
            int firstMessage) {
        HandshakeInbox inbox = new HandshakeInbox(firstMessage, negotiation::minProtectedBytes);
        MailboxTransport transport = new MailboxTransport(mailbox, inbox, output);
        DtlsAssociation association =
                new DtlsAssociation(role, negotiation, mailbox, transport, output);
        return new DtlsEndpoint(
                mailbox, Thread.ofVirtual().name(name).start(association), isServer);
    }

    /** Hands in a datagram from the peer; its readable bytes are copied. */
    public DtlsStatus onDatagram(ByteBuf datagram, long nowNanos) {
        if (datagram.readableBytes() > MAX_RECEIVED_DATAGRAM_SIZE_BYTES
                || !RecordFilter.accepts(datagram, awaitsClientHello)) {
            return DtlsStatus.MALFORMED;
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

    /** How many records of application data the peer has sent; they are dropped. */
    public long applicationRecords() {
        return mailbox.applicationRecords();
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
