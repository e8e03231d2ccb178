package dev.sluice.srtp.dtls;

import dev.sluice.media.time.Deadline;

import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/**
 * The endpoint's mailbox and output as BouncyCastle wants to see them; used by the endpoint's
 * thread only.
 */
final class MailboxTransport implements DatagramTransport {

    private final DtlsMailbox mailbox;
    private final FlightBuffer flight;

    /** Until something was sent there is nothing to retransmit, whatever the stack's timer says. */
    private boolean hasSent;

    /** The last wait ended without a datagram, and nothing was retransmitted yet. */
    private boolean isOverdue;

    private boolean isClosed;

    MailboxTransport(DtlsMailbox mailbox, DtlsOutput output) {
        this.mailbox = mailbox;
        this.flight = new FlightBuffer(output);
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
     * @param waitMillis 0 for no limit
     * @return the datagram's size, or -1 when the wait is over
     * @throws InterruptedIOException when the owner wants the thread to leave or the transport is
     *     closed; of all exceptions the one that BouncyCastle lets through
     */
    @Override
    public int receive(byte[] buffer, int offset, int sizeBytes, int waitMillis)
            throws InterruptedIOException {
        flight.flush();
        byte[] datagram = isClosed ? null : await(waitMillis);
        if (isClosed || mailbox.interruption() != null) {
            throw new InterruptedIOException("no more datagrams are read");
        }
        isOverdue = datagram == null;
        if (datagram == null || datagram.length > sizeBytes) {
            return -1;
        }
        System.arraycopy(datagram, 0, buffer, offset, datagram.length);
        return datagram.length;
    }

    @Override
    public void send(byte[] buffer, int offset, int sizeBytes) {
        hasSent = true;
        isOverdue = false;
        flight.append(buffer, offset, sizeBytes);
    }

    void flush() {
        flight.flush();
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

    /**
     * BouncyCastle measures its waits by the wall clock. When the owner's time has passed the
     * deadline and BouncyCastle asks again before it retransmits, its own timer still runs: for a
     * millisecond where the owner's time is the real one, for the whole interval where it is
     * virtual. That rest is waited for by the wall clock.
     */
    private byte @Nullable [] await(int waitMillis) {
        if (isOverdue) {
            return mailbox.takeByWallClock(waitMillis);
        }
        boolean hasDeadline = waitMillis > 0 && hasSent;
        return mailbox.take(
                hasDeadline ? TimeUnit.MILLISECONDS.toNanos(waitMillis) : Deadline.NEVER);
    }
}
