package dev.sluice.srtp.dtls;

/** What became of a datagram that was handed to a {@link DtlsEndpoint}. */
public enum DtlsStatus {
    /** The endpoint's thread gets it. */
    OK,
    /** No DTLS 1.2 peer sends this, or not at this time. */
    MALFORMED,
    /** More has come than the endpoint's thread can read. */
    INBOX_FULL,
    /** The association, or its handshake, is over. */
    ENDED
}
