package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;

import io.netty.buffer.ByteBuf;

/** A datagram on its way between loops; whoever takes it out of the queue releases it. */
sealed interface Stray {

    ByteBuf datagram();

    NetworkPath path();

    /**
     * It has reached another loop than its session's.
     *
     * @param via the loop that the path leads to
     * @param hops how often it was handed over before
     */
    record Arrived(ByteBuf datagram, NetworkPath path, int via, int hops) implements Stray {}

    /** It leaves by a TCP connection that another loop has. */
    record Leaving(ByteBuf datagram, NetworkPath path) implements Stray {}
}
