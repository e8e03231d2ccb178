package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.ice.StreamFraming;
import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.server.session.DropReason;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import java.io.IOException;

/**
 * One TCP connection of a client. Until its peer is authenticated it may send nothing but checks
 * that name a session; the first other thing ends it.
 */
final class TcpConnection extends ChannelInboundHandlerAdapter {

    /** Checks that a client may need before one is answered with success. */
    private static final int MAX_STRANGER_FRAMES = 8;

    private final TcpEdge edge;
    private final Channel channel;
    private final NetworkPath path;
    private final TcpEdge.Receiver receiver;
    private final StreamFraming framing =
            new StreamFraming(PooledByteBufAllocator.DEFAULT, UdpEdge.MAX_DATAGRAM_BYTES);
    private boolean authenticated;
    private boolean unflushed;
    private int strangerFrames;

    TcpConnection(TcpEdge edge, Channel channel, NetworkPath path, TcpEdge.Receiver receiver) {
        this.edge = edge;
        this.channel = channel;
        this.path = path;
        this.receiver = receiver;
    }

    NetworkPath path() {
        return path;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf received = (ByteBuf) message;
        try {
            long nowNanos = System.nanoTime();
            if (!framing.onBytes(received, datagram -> onDatagram(datagram, nowNanos))) {
                edge.drop(DropReason.TCP_STRANGER);
                close();
            }
        } finally {
            received.release();
        }
    }

    private void onDatagram(ByteBuf datagram, long nowNanos) {
        if (!channel.isOpen()) {
            return;
        }
        if (isAuthenticated()) {
            var _ = receiver.onDatagram(datagram, path, nowNanos);
            return;
        }
        boolean isCheck = DatagramKind.of(datagram) == DatagramKind.STUN;
        if (isCheck && receiver.onDatagram(datagram, path, nowNanos)) {
            // A session of another loop says so later.
            var _ = isAuthenticated();
        } else {
            strangerFrames = MAX_STRANGER_FRAMES;
        }
        if (!authenticated && ++strangerFrames >= MAX_STRANGER_FRAMES) {
            edge.drop(DropReason.TCP_STRANGER);
            close();
        }
    }

    private boolean isAuthenticated() {
        if (!authenticated && receiver.isServed(path)) {
            authenticated = true;
            edge.onAuthenticated(this);
        }
        return authenticated;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        receiver.onBatchEnd();
    }

    /**
     * Queues a datagram with its header; false, and the buffer stays the caller's, if it is full.
     */
    boolean write(ByteBuf datagram) {
        if (!channel.isWritable()) {
            return false;
        }
        ByteBuf header = channel.alloc().directBuffer(StreamFraming.HEADER_SIZE_BYTES);
        StreamFraming.writeHeader(header, datagram.readableBytes());
        var _ = channel.write(header, channel.voidPromise());
        var _ = channel.write(datagram, channel.voidPromise());
        return true;
    }

    /** Whether it was not marked before. */
    boolean markUnflushed() {
        boolean first = !unflushed;
        unflushed = true;
        return first;
    }

    void flush() {
        unflushed = false;
        channel.flush();
    }

    /** Its time to show who it is has passed. */
    void closeStranger() {
        if (!isAuthenticated()) {
            close();
        }
    }

    void close() {
        var _ = channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        framing.release();
        edge.onClosed(this);
        receiver.onClosed(path, System.nanoTime());
        receiver.onBatchEnd();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            edge.drop(DropReason.SOCKET_ERROR);
        } else {
            receiver.onDefect(cause);
        }
        close();
    }
}
