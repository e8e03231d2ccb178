package dev.sluice.srtp.dtls;

import dev.sluice.srtp.keys.KeyingMaterial;

/**
 * What comes out of a {@link DtlsEndpoint}, called on the endpoint's own thread: an implementation
 * hands it to the thread that owns the session. Exactly one of {@link #connected} and {@link
 * #failed} is called, unless the endpoint is closed before.
 */
public interface DtlsOutput {

    /** A datagram for the peer. */
    void transmit(byte[] datagram);

    /** The handshake is done and the peer's certificate is the expected one. */
    void connected(KeyingMaterial keys);

    /** The handshake failed; nothing follows. */
    void failed(DtlsFailure failure, String detail);

    /** The peer said close_notify, or the connection broke; nothing follows. */
    void closed();
}
