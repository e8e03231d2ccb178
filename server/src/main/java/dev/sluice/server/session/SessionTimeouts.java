package dev.sluice.server.session;

/**
 * How long a session may stay in each state, in nanoseconds.
 *
 * @param connectNanos from the answer to a finished DTLS handshake
 * @param handshakeNanos from the first DTLS datagram to the end of the handshake
 * @param consentNanos from one valid connectivity check to the next
 */
public record SessionTimeouts(long connectNanos, long handshakeNanos, long consentNanos) {}
