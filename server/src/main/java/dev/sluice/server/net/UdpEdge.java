package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stats.DelayHistogram;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.channel.unix.UnixChannelOption;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The UDP sockets of one loop: one for each local address, all on the media port, so that an answer
 * leaves from the address that the question reached. Receives in batches, sends one flush a batch.
 */
final class UdpEdge {

    /**
     * Larger than any datagram of a WebRTC peer; what is longer is cut and then fails to
     * authenticate.
     */
    static final int MAX_DATAGRAM_BYTES = 2048;

    /** Datagrams taken by one system call. */
    private static final int RECEIVE_BATCH = 16;

    /** What the kernel may keep for us: a tenth of a second at some hundred Mbit/s. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /** Bytes that may wait for the socket before packets are dropped. */
    private static final WriteBufferWaterMark SEND_QUEUE =
            new WriteBufferWaterMark(2 << 20, 4 << 20);

    /**
     * What is queued at most before it leaves: some system calls more, and buffers that are still
     * in the processor's cache when the kernel reads them and when they are used again.
     */
    private static final int FLUSH_BYTES = 32 << 10;

    private static final int FLUSH_MESSAGES = 64;

    /** How long datagrams go one by one after a segmented send was refused. */
    private static final long WHOLE_SENDS_NANOS = 10_000_000_000L;

    private static final int EIO = 5;
    private static final int EINVAL = 22;
    private static final int EMSGSIZE = 90;

    /** Takes a datagram; borrowed. */
    interface Receiver {

        void onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos);

        /** The batch is over; what came of it is to be sent. */
        void onBatchEnd(long nowNanos);
    }

    private final List<Channel> channels = new ArrayList<>();
    private final LoopCounters counters;
    private final DelayHistogram forwardingDelay;
    private long batchNanos;
    private boolean inBatch;
    private final boolean canSegment = EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    private long wholeSendsUntilNanos;
    private boolean sendsWhole;
    private int sentInBatch;
    private int queuedBytes;
    private int queuedMessages;

    UdpEdge(LoopCounters counters, DelayHistogram forwardingDelay) {
        this.counters = counters;
        this.forwardingDelay = forwardingDelay;
    }

    /**
     * Binds one socket for each address.
     *
     * @param port 0 for any that is free: the first socket finds it, the others take the same
     * @param isShared whether sockets of other loops are bound to the same port
     * @return the port
     * @throws IOException when an address cannot be bound; the message names it
     */
    int bind(
            EventLoopGroup group,
            Transport transport,
            List<InetAddress> addresses,
            int port,
            boolean isShared,
            Receiver receiver)
            throws IOException {
        int bound = port;
        for (InetAddress address : addresses) {
            InetSocketAddress wanted = new InetSocketAddress(address, bound);
            Channel channel = bind(group, transport, wanted, isShared, receiver);
            bound = ((InetSocketAddress) channel.localAddress()).getPort();
        }
        return bound;
    }

    private Channel bind(
            EventLoopGroup group,
            Transport transport,
            InetSocketAddress address,
            boolean isShared,
            Receiver receiver)
            throws IOException {
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(group)
                        .channel(transport.channelType())
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                        .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SEND_QUEUE)
                        .handler(new Inbound(channels.size(), receiver));
        receiveInBatches(bootstrap, transport);
        if (isShared) {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
        }
        var future = bootstrap.bind(address).awaitUninterruptibly();
        if (!future.isSuccess()) {
            throw new IOException(
                    "Cannot bind UDP %s port %d: %s"
                            .formatted(
                                    address.getAddress().getHostAddress(),
                                    address.getPort(),
                                    future.cause().getMessage()),
                    future.cause());
        }
        channels.add(future.channel());
        return future.channel();
    }

    private static void receiveInBatches(Bootstrap bootstrap, Transport transport) {
        if (transport == Transport.EPOLL) {
            bootstrap
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM_BYTES)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES * RECEIVE_BATCH));
        } else {
            bootstrap.option(
                    ChannelOption.RECVBUF_ALLOCATOR,
                    new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES));
        }
    }

    /** Lets datagrams in, once there is somebody to take them. */
    void startReceiving() {
        channels.forEach(channel -> channel.config().setAutoRead(true));
    }

    /** Queues a datagram; it leaves with the next flush. Takes the buffer. */
    void write(ByteBuf datagram, NetworkPath path) {
        Channel channel = channels.get(path.socket());
        if (!channel.isWritable()) {
            counters.dropped(DropReason.SEND_QUEUE_FULL).increment();
            datagram.release();
            return;
        }
        int bytes = datagram.readableBytes();
        var _ = channel.write(new DatagramPacket(datagram, path.remote()), channel.voidPromise());
        onQueued(1, bytes);
    }

    private void onQueued(int datagrams, int bytes) {
        sentInBatch += datagrams;
        queuedMessages++;
        queuedBytes += bytes;
        if (queuedBytes >= FLUSH_BYTES || queuedMessages >= FLUSH_MESSAGES) {
            flush();
        }
    }

    /**
     * Queues datagrams that lie one behind the other; takes the buffer.
     *
     * @param segmentBytes the size of each but the last, which may be shorter
     */
    void writeRun(ByteBuf run, int segmentBytes, NetworkPath path) {
        if (!segments()) {
            Segments.forEach(run, segmentBytes, datagram -> write(datagram, path));
            return;
        }
        int bytes = run.readableBytes();
        int datagrams = Math.ceilDiv(bytes, segmentBytes);
        Channel channel = channels.get(path.socket());
        if (!channel.isWritable()) {
            counters.dropped(DropReason.SEND_QUEUE_FULL).add(datagrams);
            run.release();
            return;
        }
        var _ =
                channel.write(
                        new SegmentedDatagramPacket(run, segmentBytes, path.remote()),
                        channel.voidPromise());
        onQueued(datagrams, bytes);
    }

    /** Whether the kernel cuts runs into datagrams (UDP_SEGMENT, Linux 4.18) for now. */
    private boolean segments() {
        sendsWhole = sendsWhole && System.nanoTime() - wholeSendsUntilNanos < 0;
        return canSegment && !sendsWhole;
    }

    /** Some network interfaces, and paths with a small MTU, refuse segmented sends. */
    private void onSendFailed(int errno) {
        if (errno == EIO || errno == EINVAL || errno == EMSGSIZE) {
            sendsWhole = true;
            wholeSendsUntilNanos = System.nanoTime() + WHOLE_SENDS_NANOS;
        }
    }

    /** Sends what was queued. */
    void flush() {
        queuedBytes = 0;
        queuedMessages = 0;
        for (int i = 0; i < channels.size(); i++) {
            channels.get(i).flush();
        }
    }

    private void endBatch(Receiver receiver) {
        sentInBatch = 0;
        receiver.onBatchEnd(batchNanos);
        if (sentInBatch > 0) {
            forwardingDelay.onDelays(System.nanoTime() - batchNanos, sentInBatch);
        }
    }

    void close() {
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
        channels.clear();
    }

    /** One socket's way in; the clock is read once a batch. */
    private final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {

        private final int socket;
        private final Receiver receiver;

        Inbound(int socket, Receiver receiver) {
            this.socket = socket;
            this.receiver = receiver;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            if (!inBatch) {
                inBatch = true;
                batchNanos = System.nanoTime();
            }
            receiver.onDatagram(
                    packet.content(), new NetworkPath(socket, packet.sender()), batchNanos);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (inBatch) {
                inBatch = false;
                endBatch(receiver);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A send to an address that is gone, or an ICMP error of an earlier one: that peer's
            // consent
            // expires by itself. Counted, because a socket that fails always would be seen here.
            counters.dropped(DropReason.SOCKET_ERROR).increment();
            if (cause instanceof Errors.NativeIoException failure) {
                onSendFailed(-failure.expectedErr());
            }
        }
    }
}
