package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DatagramRun;

import io.netty.buffer.ByteBuf;

/** Sends by one UDP socket what is queued, at the next flush or before. */
interface DatagramSender {

    /** Takes the buffer. */
    void write(ByteBuf datagram, NetworkPath to);

    /**
     * Whether a run to the path would leave as one send now; each of its datagrams by itself else.
     */
    boolean takesRuns(NetworkPath to);

    /** Takes the buffers out of the run; counts it when it has left as one send. */
    void writeRun(DatagramRun run, NetworkPath to);

    void flush();
}
