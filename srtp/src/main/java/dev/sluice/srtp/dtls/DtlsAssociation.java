package dev.sluice.srtp.dtls;

import dev.sluice.srtp.keys.KeyingMaterial;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;

/** The life of an association, from top to bottom, on the endpoint's thread. */
final class DtlsAssociation implements Runnable {

    private static final String CLOSE_NOTIFY = "close_notify";

    private final DtlsRole role;
    private final DtlsNegotiation negotiation;
    private final DtlsMailbox mailbox;
    private final DtlsOutput output;
    private final MailboxTransport transport;

    DtlsAssociation(
            DtlsRole role,
            DtlsNegotiation negotiation,
            DtlsMailbox mailbox,
            MailboxTransport transport,
            DtlsOutput output) {
        this.role = role;
        this.negotiation = negotiation;
        this.mailbox = mailbox;
        this.transport = transport;
        this.output = output;
    }

    @Override
    public void run() {
        try {
            DTLSTransport established = establish();
            if (established != null) {
                readUntilItEnds(established);
            }
        } finally {
            mailbox.end();
        }
    }

    /**
     * The established association, or null when the handshake has failed; either way the output
     * knows.
     */
    private @Nullable DTLSTransport establish() {
        try {
            DTLSTransport established = role.handshake(transport);
            KeyingMaterial keys = negotiation.keys();
            if (keys != null && mailbox.decide()) {
                // The owner gets the keys before the peer gets our Finished, and so before its
                // first media.
                output.connected(keys);
                transport.onEstablished();
                transport.flush();
                return established;
            }
            established.close();
            output.failed(reasonOf(null), "ended as the handshake completed");
        } catch (IOException e) {
            mailbox.decide();
            output.failed(reasonOf(e), detailOf(e));
        } catch (RuntimeException e) {
            // BouncyCastle's own it has turned into an alert already.
            mailbox.decide();
            output.failed(DtlsFailure.PROTOCOL_ERROR, e.toString());
        }
        return null;
    }

    /**
     * Nothing is expected but retransmitted handshake flights, which BouncyCastle answers, and
     * alerts. Another handshake is not begun, whoever asks for it.
     */
    private void readUntilItEnds(DTLSTransport established) {
        try {
            byte[] ignored = new byte[established.getReceiveLimit()];
            while (true) {
                if (established.receive(ignored, 0, ignored.length, 0) >= 0) {
                    mailbox.countApplicationData();
                }
            }
        } catch (IOException e) {
            if (mailbox.interruption() == null) {
                output.closed(e instanceof InterruptedIOException ? CLOSE_NOTIFY : detailOf(e));
            } else {
                closeQuietly(established);
            }
        }
    }

    private static void closeQuietly(DTLSTransport established) {
        try {
            established.close();
        } catch (IOException e) {
            // The peer will notice by itself: the close_notify is a courtesy.
        }
    }

    private DtlsFailure reasonOf(@Nullable IOException cause) {
        DtlsFailure interruption = mailbox.interruption();
        DtlsFailure refusal = negotiation.failure();
        if (refusal != null) {
            return refusal;
        }
        if (interruption != null) {
            return interruption;
        }
        if (cause instanceof TlsFatalAlertReceived) {
            return DtlsFailure.REFUSED_BY_PEER;
        }
        return cause instanceof InterruptedIOException
                ? DtlsFailure.CLOSED
                : DtlsFailure.PROTOCOL_ERROR;
    }

    private static String detailOf(IOException cause) {
        if (cause instanceof TlsFatalAlertReceived alert) {
            return "alert " + AlertDescription.getText(alert.getAlertDescription());
        }
        return String.valueOf(cause.getMessage());
    }
}
