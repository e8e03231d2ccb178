package dev.sluice.server.session;

/**
 * How long a session may stay in each state, in nanoseconds.
 *
 * @param connectNanos from the answer to a finished DTLS handshake
 * @param handshakeNanos from the first DTLS datagram to the end of the handshake; up to {@link
 *     dev.sluice.srtp.dtls.DtlsEndpoint#MAX_HANDSHAKE_TIMEOUT_NANOS}
 * @param consentNanos from one valid connectivity check to the next
 */
public record SessionTimeouts(long connectNanos, long handshakeNanos, long consentNanos) {}
