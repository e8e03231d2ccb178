package dev.sluice.server.session;

/** Why a session ended. */
public enum EndReason {
    /** The peer asked for it by HTTP. */
    DELETED,
    /** The peer sent a DTLS close_notify. */
    PEER_CLOSED,
    /** No valid connectivity check within the consent timeout (RFC 7675). */
    CONSENT_EXPIRED,
    /** Never connected within the connect timeout. */
    CONNECT_TIMEOUT,
    /** The DTLS handshake took longer than its limit. */
    HANDSHAKE_TIMEOUT,
    /** The DTLS handshake failed: no common profile, nonsense, the peer's refusal. */
    HANDSHAKE_FAILED,
    /** The peer's certificate is not the one of its SDP, or it showed none. */
    WRONG_CERTIFICATE,
    /** The stream's publisher left and viewers are not kept waiting. */
    PUBLISHER_LEFT,
    /** The server shuts down. */
    SHUTDOWN
}
