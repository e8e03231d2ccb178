package dev.sluice.srtp.dtls;

import org.bouncycastle.tls.DatagramTransport;

import java.io.InterruptedIOException;

/**
 * The endpoint's mailbox and output as BouncyCastle wants to see them; used by the endpoint's
 * thread only.
 *
 * <p>BouncyCastle measures its waits by the wall clock, and nobody can tell it another time. So it
 * is never told that a wait is over: its own retransmission is set to a time that no handshake
 * takes ({@link #BOUNCY_CASTLE_RESEND_MILLIS}), and flights are sent again from here, at the
 * owner's deadline. A plain flight is at hand. The one that ends in a protected Finished only
 * BouncyCastle can make anew; it does when the peer's last flight comes once more, and so that is
 * replayed to it.
 */
final class MailboxTransport implements DatagramTransport {

    /** The most that BouncyCastle takes, and the longest that a handshake may take here. */
    static final int BOUNCY_CASTLE_RESEND_MILLIS = 60_000;

    private final DtlsMailbox mailbox;
    private final HandshakeInbox inbox;
    private final OutboundFlight flight;
    private final RetransmissionTimer timer = new RetransmissionTimer();

    /** BouncyCastle has been made to send its flight again and has not yet. */
    private boolean isRepeating;

    private boolean isEstablished;
    private boolean isClosed;

    MailboxTransport(DtlsMailbox mailbox, HandshakeInbox inbox, DtlsOutput output) {
        this.mailbox = mailbox;
        this.inbox = inbox;
        this.flight = new OutboundFlight(output);
    }

    @Override
    public int getReceiveLimit() {
        return DtlsEndpoint.MAX_RECEIVED_DATAGRAM_SIZE_BYTES;
    }

    @Override
    public int getSendLimit() {
        return DtlsEndpoint.MAX_SENT_DATAGRAM_SIZE_BYTES;
    }

    /**
     * @param waitMillis not looked at, see the class
     * @return the record's size
     * @throws InterruptedIOException when the owner wants the thread to leave or the transport is
     *     closed; of all exceptions the one that BouncyCastle lets through
     */
    @Override
    public int receive(byte[] buffer, int offset, int sizeBytes, int waitMillis)
            throws InterruptedIOException {
        flush();
        byte[] record = inbox.poll();
        while (record == null) {
            awaitDatagram();
            record = inbox.poll();
        }
        System.arraycopy(record, 0, buffer, offset, record.length);
        return record.length;
    }

    /**
     * The peer's first message as one record, whatever its size, before BouncyCastle is there to
     * take it.
     */
    byte[] receiveFirst() throws InterruptedIOException {
        byte[] record = inbox.takeFirst();
        while (record == null) {
            awaitDatagram();
            record = inbox.takeFirst();
        }
        // The ServerHello's record has the ClientHello's number (RFC 6347 section 4.2.1).
        flight.startAt(inbox.nextMessageRecord());
        return record;
    }

    private void awaitDatagram() throws InterruptedIOException {
        byte[] datagram = isClosed ? null : mailbox.take(timer.deadlineNanos());
        if (isClosed || mailbox.interruption() != null) {
            throw new InterruptedIOException("no more datagrams are read");
        }
        if (datagram == null) {
            repeatFlight();
        } else if (inbox.onDatagram(datagram) && timer.answersRepetition(mailbox.nowNanos())) {
            repeatFlight();
        }
    }

    private void repeatFlight() {
        timer.onRepeated(mailbox.nowNanos());
        if (flight.isPlain()) {
            flight.repeat();
        } else {
            isRepeating = true;
            inbox.repeatAnswered();
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int sizeBytes) {
        flight.append(buffer, offset, sizeBytes);
    }

    void flush() {
        if (flight.flush() && !isRepeating && !isEstablished) {
            inbox.onAnswered();
            timer.onFlight(mailbox.nowNanos());
        }
        isRepeating &= inbox.isDelivering();
    }

    /** The handshake is over: what the peer repeats now, BouncyCastle answers. */
    void onEstablished() {
        isEstablished = true;
        timer.stop();
        inbox.onEstablished();
        flight.onEstablished();
    }

    /**
     * BouncyCastle is done with this transport: after a close_notify or a fatal alert, from either
     * side.
     */
    @Override
    public void close() {
        flight.flush();
        isClosed = true;
    }
}
