package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;

import io.netty.buffer.ByteBuf;

/** What comes out of the engine; the edge takes it. */
public interface EngineOutput {

    /** A datagram leaves; the buffer's ownership passes. */
    void transmit(ByteBuf datagram, NetworkPath path);

    /** Something happened to a session that operators want to read in the log. */
    void onEvent(SessionEvent event);
}
