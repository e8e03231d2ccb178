package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stats.DelayHistogram;
import dev.sluice.server.session.DatagramRun;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.sockets.Transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
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

    /** Datagrams that Netty's channel takes by one system call. */
    private static final int RECEIVE_BATCH = 16;

    /** Datagrams taken before what came of them is sent: more than come while that is done. */
    static final int MAX_READ = 1024;

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
    private final List<DatagramReceiver> receivers = new ArrayList<>();
    private final LoopCounters counters;
    private final ReceivedBatch batch;

    /** Written and read by the loop, as its sockets are closed there. */
    private boolean isClosed;

    UdpEdge(Receiver receiver, LoopCounters counters, DelayHistogram forwardingDelay) {
        this.counters = counters;
        this.batch = new ReceivedBatch(receiver, counters, forwardingDelay);
    }

    /**
     * Binds one socket for each address; again, where those of an earlier call are closed.
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
            boolean isShared)
            throws IOException {
        senders.clear();
        isClosed = false;
        int bound = port;
        for (InetAddress address : addresses) {
            InetSocketAddress wanted = new InetSocketAddress(address, bound);
            Channel channel = bind(group, transport, wanted, isShared);
            bound = ((InetSocketAddress) channel.localAddress()).getPort();
        }
        return bound;
    }

    private Channel bind(
            EventLoopGroup group, Transport transport, InetSocketAddress address, boolean isShared)
            throws IOException {
        var reading = new ChannelReceiver(channels.size(), batch, counters);
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(group)
                        .channel(transport.channelType())
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                        .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SEND_QUEUE)
                        .handler(reading);
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
        add(future.channel(), reading);
        return future.channel();
    }

    private void add(Channel channel, ChannelReceiver reading) {
        int socket = channels.size();
        channels.add(channel);
        senders.add(NativeSender.of(channel, counters, segmented));
        var receiver = NativeReceiver.of(channel, socket, reading.drops(), batch, counters);
        receivers.add(receiver == null ? reading : receiver);
        // The number of a closed socket may soon be that of another one, to which nothing may go.
        var _ = channel.closeFuture().addListener(_ -> isClosed = true);
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
        receivers.forEach(DatagramReceiver::start);
    }

    /** Queues a datagram; it leaves with the next flush. Takes the buffer. */
    void write(ByteBuf datagram, NetworkPath path) {
        if (isClosed) {
            counters.dropped(DropReason.SOCKET_ERROR).increment();
            datagram.release();
            return;
        }
        batch.onSent(1);
        senders.get(path.socket()).write(datagram, path);
    }

    /** Whether datagrams to the path can leave together now. */
    boolean takesRuns(NetworkPath path) {
        return senders.get(path.socket()).takesRuns(path);
    }

    /** Queues datagrams that leave together; takes the buffers out of the run. */
    void writeRun(DatagramRun run, NetworkPath path) {
        if (isClosed) {
            counters.dropped(DropReason.SOCKET_ERROR).add(run.size());
            run.release();
            return;
        }
        batch.onSent(run.size());
        senders.get(path.socket()).writeRun(run, path);
    }

    /** Sends what was queued. */
    void flush() {
        for (int i = 0; i < senders.size() && !isClosed; i++) {
            senders.get(i).flush();
        }
    }

    /** A defect of ours: counted, and told of. */
    void onDefect(Throwable defect) {
        batch.onDefect(defect);
    }

    /** Closes the sockets; when it returns, the loop sends no more by them. */
    void close() {
        receivers.forEach(DatagramReceiver::stop);
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
        receivers.clear();
        channels.clear();
    }
}
