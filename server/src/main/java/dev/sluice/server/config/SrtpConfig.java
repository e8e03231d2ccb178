package dev.sluice.server.config;

/**
 * How SRTP is computed.
 *
 * @param provider by what; one that is named and does not work is a reason not to start
 */
public record SrtpConfig(SrtpProvider provider) {}
