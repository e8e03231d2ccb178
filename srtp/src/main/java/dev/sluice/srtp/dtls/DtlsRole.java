package dev.sluice.srtp.dtls;

import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

import java.io.IOException;

/** Client or server. */
interface DtlsRole {

    /** Blocks until the handshake is complete; throws when it fails. */
    DTLSTransport handshake(DatagramTransport transport) throws IOException;
}
