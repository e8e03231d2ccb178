package dev.sluice.srtp.dtls;

import org.bouncycastle.tls.DTLSTransport;

import java.io.IOException;

/** Client or server. */
interface DtlsRole {

    /** Blocks until the handshake is complete; throws when it fails. */
    DTLSTransport handshake(MailboxTransport transport) throws IOException;
}
