package dev.sluice.srtp.dtls;

import dev.sluice.srtp.keys.KeyingMaterial;

/**
 * Receives what a {@link DtlsEndpoint} has to say, on the endpoint's own thread: an implementation
 * posts to its loop. Exactly one of {@link #connected} and {@link #failed} is called, once.
 */
public interface DtlsOutput {

    /**
     * Sends one datagram to the peer.
     *
     * @param datagram at most {@link DtlsEndpoint#MAX_SENT_DATAGRAM_SIZE_BYTES}; given away, never
     *     changed afterwards
     */
    void transmit(byte[] datagram);

    /**
     * The handshake is complete and the peer's certificate has the expected fingerprint. A server
     * says so before it transmits its Finished, so that the keys are there when the peer's media
     * come.
     */
    void connected(KeyingMaterial keys);

    /**
     * There will be no keys. An alert that tells the peer may have been transmitted before.
     *
     * @param detail for people: the alert that the peer sent, or what was wrong with what it sent
     */
    void failed(DtlsFailure reason, String detail);

    /**
     * After {@link #connected}: the peer has ended the association. Not called when this side
     * closed it.
     *
     * @param reason for people: {@code close_notify}, or the fatal alert
     */
    void closed(String reason);
}
