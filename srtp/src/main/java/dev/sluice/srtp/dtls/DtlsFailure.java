package dev.sluice.srtp.dtls;

/** Why a handshake gave no keys. */
public enum DtlsFailure {
    /** The peer sent no certificate, or not the one whose fingerprint was signalled. */
    PEER_NOT_AUTHENTICATED,
    /** The peer offered, or chose, no SRTP profile of ours. */
    NO_COMMON_PROFILE,
    /** The peer sent a fatal alert. */
    REFUSED_BY_PEER,
    /** What the peer sent was not acceptable: its parameters, its signatures, its messages. */
    PROTOCOL_ERROR,
    /** The handshake took longer than it may. */
    TIMED_OUT,
    /** The endpoint, or its peer, was closed before the handshake had ended. */
    CLOSED
}
