package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stats.DelayHistogram;
import dev.sluice.server.session.DatagramRun;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.sockets.ReceiveDrops;
import dev.sluice.sockets.Transport;

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
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.UnixChannelOption;

import org.jspecify.annotations.Nullable;

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

    /** Datagrams taken before what came of them is sent: more than come while that is done. */
    private static final int MAX_READ = 1024;

    /** How often the kernel is asked what it dropped. */
    private static final long COUNT_NANOS = 1_000_000_000;

    /** What the kernel may keep for us: a tenth of a second at some hundred Mbit/s. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /** Bytes that may wait for the socket before packets are dropped. */
    private static final WriteBufferWaterMark SEND_QUEUE =
            new WriteBufferWaterMark(2 << 20, 4 << 20);

    /** Takes a datagram; borrowed. */
    interface Receiver {

        void onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos);

        /** The batch is over; what came of it is to be sent. */
        void onBatchEnd(long nowNanos);
    }

    private final List<Channel> channels = new ArrayList<>();
    private final List<DatagramSender> senders = new ArrayList<>();
    private final SegmentedSends segmented = new SegmentedSends();
    private final LoopCounters counters;
    private final DelayHistogram forwardingDelay;
    private long batchNanos;
    private boolean inBatch;
    private int sentInBatch;

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
        senders.add(NativeSender.of(future.channel(), counters, segmented));
        return future.channel();
    }

    private static void receiveInBatches(Bootstrap bootstrap, Transport transport) {
        boolean isEpoll = transport == Transport.EPOLL;
        int readBytes = isEpoll ? MAX_DATAGRAM_BYTES * RECEIVE_BATCH : MAX_DATAGRAM_BYTES;
        bootstrap.option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(readBytes).maxMessagesPerRead(MAX_READ));
        if (isEpoll) {
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM_BYTES);
        }
    }

    /** Lets datagrams in, once there is somebody to take them. */
    void startReceiving() {
        channels.forEach(channel -> channel.config().setAutoRead(true));
    }

    /** Queues a datagram; it leaves with the next flush. Takes the buffer. */
    void write(ByteBuf datagram, NetworkPath path) {
        sentInBatch++;
        senders.get(path.socket()).write(datagram, path);
    }

    /** Queues datagrams that leave together; takes the buffers out of the run. */
    void writeRun(DatagramRun run, NetworkPath path) {
        sentInBatch += run.size();
        senders.get(path.socket()).writeRun(run, path);
    }

    /** Sends what was queued. */
    void flush() {
        for (int i = 0; i < senders.size(); i++) {
            senders.get(i).flush();
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
        senders.clear();
    }

    /** One socket's way in; the clock is read once a batch. */
    private final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {

        private final int socket;
        private final Receiver receiver;
        private @Nullable ReceiveDrops drops;
        private long countedNanos;

        Inbound(int socket, Receiver receiver) {
            this.socket = socket;
            this.receiver = receiver;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            if (!inBatch) {
                inBatch = true;
                batchNanos = System.nanoTime();
                countDrops(context.channel());
            }
            receiver.onDatagram(
                    packet.content(), new NetworkPath(socket, packet.sender()), batchNanos);
        }

        private void countDrops(Channel channel) {
            if (drops == null) {
                drops = new ReceiveDrops(channel);
                countedNanos = batchNanos;
            } else if (batchNanos - countedNanos >= COUNT_NANOS) {
                countedNanos = batchNanos;
                counters.dropped(DropReason.RECEIVE_QUEUE_FULL).add(drops.more());
            }
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
            // consent expires by itself. Counted, because a socket that fails always would be seen
            // here.
            counters.dropped(DropReason.SOCKET_ERROR).increment();
            if (cause instanceof Errors.NativeIoException failure) {
                segmented.onFailed(-failure.expectedErr());
            }
        }
    }
}
