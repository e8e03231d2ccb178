package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DatagramRun;

import io.netty.buffer.ByteBuf;

/** Sends by one UDP socket what is queued, at the next flush or before. */
interface DatagramSender {

    /** Takes the buffer. */
    void write(ByteBuf datagram, NetworkPath to);

    /** Takes the buffers out of the run. */
    void writeRun(DatagramRun run, NetworkPath to);

    void flush();
}
