package dev.sluice.server.session;

import dev.sluice.media.ice.IceLiteAgent;

/**
 * A session on its way to another loop: all there is of it before DTLS has begun. Whoever gets it
 * has it alone.
 *
 * @param remoteUfrag the peer's user name fragment of the current ICE generation
 */
public record SessionMove(
        SessionSetup setup, IceLiteAgent ice, String remoteUfrag, long createdNanos) {}
