package dev.sluice.server.config;

import java.time.Duration;

/**
 * How much and how long.
 *
 * @param maxSessions publishers and viewers at once
 * @param maxHandshakes DTLS handshakes at once
 * @param handshakeTimeout from the first DTLS record to the keys
 * @param connectTimeout from the answer to the end of the DTLS handshake
 * @param consentTimeout without a valid ICE check, after which a session ends (RFC 7675)
 * @param shutdownTimeout how long peers are given to hear that the server ends
 */
public record LimitsConfig(
        int maxSessions,
        int maxHandshakes,
        Duration handshakeTimeout,
        Duration connectTimeout,
        Duration consentTimeout,
        Duration shutdownTimeout) {}
