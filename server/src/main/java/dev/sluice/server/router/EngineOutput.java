package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DatagramRun;

import io.netty.buffer.ByteBuf;

/** What comes out of the engine; the edge takes it. */
public interface EngineOutput {

    /** A datagram leaves; the buffer's ownership passes. */
    void transmit(ByteBuf datagram, NetworkPath path);

    /** Whether datagrams to the path can leave together, as one send that the kernel cuts. */
    boolean takesRuns(NetworkPath path);

    /** Datagrams leave together; the buffers are taken out of the run. */
    void transmitRun(DatagramRun run, NetworkPath path);

    /** Nothing but the session's last words will be sent by this TCP connection: close it. */
    void closeConnection(NetworkPath connection);

    /** Something happened to a session that operators want to read in the log. */
    void onEvent(SessionEvent event);
}
