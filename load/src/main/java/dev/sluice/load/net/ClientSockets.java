package dev.sluice.load.net;

import dev.sluice.sockets.Transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;

import java.io.IOException;
import java.net.InetAddress;

/** Opens the UDP sockets of a loop's clients. */
final class ClientSockets {

    static final int MAX_DATAGRAM_BYTES = 2048;

    /** Datagrams taken by one system call. */
    private static final int RECEIVE_BATCH = 8;

    /** A key frame of some Mbit/s, while the loop is busy with others. */
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;

    /** Some key frames of a high rate, before packets are dropped. */
    private static final WriteBufferWaterMark SEND_QUEUE =
            new WriteBufferWaterMark(1 << 20, 2 << 20);

    private ClientSockets() {}

    /**
     * Opens a socket of any port.
     *
     * @throws IOException when there is none to be had
     */
    static Channel open(
            EventLoopGroup group, Transport transport, InetAddress address, ClientSocket socket)
            throws IOException {
        ChannelFuture bound =
                bootstrap(transport)
                        .group(group)
                        .handler(socket)
                        .bind(address, 0)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("Cannot open a UDP socket: " + bound.cause().getMessage());
        }
        return bound.channel();
    }

    private static Bootstrap bootstrap(Transport transport) {
        Bootstrap bootstrap =
                new Bootstrap()
                        .channel(transport.channelType())
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                        .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SEND_QUEUE)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(
                                        transport == Transport.EPOLL
                                                ? MAX_DATAGRAM_BYTES * RECEIVE_BATCH
                                                : MAX_DATAGRAM_BYTES));
        return transport == Transport.EPOLL
                ? bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM_BYTES)
                : bootstrap;
    }
}
