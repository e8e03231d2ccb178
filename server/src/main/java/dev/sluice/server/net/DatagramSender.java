package dev.sluice.server.net;

import dev.sluice.server.session.DatagramRun;

import io.netty.buffer.ByteBuf;

import java.net.InetSocketAddress;

/** Sends by one UDP socket what is queued, at the next flush or before. */
interface DatagramSender {

    /** Takes the buffer. */
    void write(ByteBuf datagram, InetSocketAddress to);

    /** Takes the buffers out of the run. */
    void writeRun(DatagramRun run, InetSocketAddress to);

    void flush();
}
