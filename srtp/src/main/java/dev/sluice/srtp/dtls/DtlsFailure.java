package dev.sluice.srtp.dtls;

/** Why a handshake failed. */
public enum DtlsFailure {
    /** The certificate is not the one that signalling announced. */
    WRONG_CERTIFICATE,
    /** The peer offers no SRTP profile that we know (RFC 5764). */
    NO_COMMON_PROFILE,
    /** The peer broke the handshake off, or what it sent makes none. */
    PROTOCOL,
    /** No end within the handshake's own limit. */
    TIMED_OUT
}
