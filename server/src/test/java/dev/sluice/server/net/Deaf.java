package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;

import io.netty.buffer.ByteBuf;

/** Expects nothing. */
final class Deaf implements UdpEdge.Receiver {

    @Override
    public void onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos) {}

    @Override
    public void onBatchEnd(long nowNanos) {}
}
