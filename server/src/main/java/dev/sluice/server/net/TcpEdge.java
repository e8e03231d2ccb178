package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.sockets.Transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.UnixChannelOption;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The TCP side of the media port (RFC 6544, passive): clients that cannot use UDP connect here.
 * Runs on the loop's thread. Each connection is a path of its own.
 */
final class TcpEdge {

    /** Connections that the kernel holds until they are accepted. */
    private static final int BACKLOG = 512;

    /** Takes what the connections bring. */
    interface Receiver {

        /** A datagram, borrowed; false where it belongs to nobody. */
        boolean onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos);

        /** Whether the peer behind the connection is authenticated. */
        boolean isServed(NetworkPath path);

        void onClosed(NetworkPath path, long nowNanos);

        /** The batch is over: timers may have changed. */
        void onBatchEnd();

        /** Something that came has failed; its connection is closed. */
        void onDefect(Throwable defect);
    }

    private final List<Channel> listening = new ArrayList<>();
    private final Map<NetworkPath, TcpConnection> connections = new HashMap<>();

    /** In the order of their coming. */
    private final Map<NetworkPath, TcpConnection> strangers = new LinkedHashMap<>();

    private final Map<RemoteBlock, Integer> perBlock = new HashMap<>();
    private final List<TcpConnection> unflushed = new ArrayList<>();
    private final EventLoop eventLoop;
    private final LoopCounters counters;
    private final TcpLimits limits;
    private final LoopNumber numbering;
    private int nextConnection;
    private volatile int connectionCount;

    TcpEdge(EventLoop eventLoop, LoopCounters counters, TcpLimits limits, LoopNumber numbering) {
        this.eventLoop = eventLoop;
        this.counters = counters;
        this.limits = limits;
        this.numbering = numbering;
        this.nextConnection = numbering.loop();
    }

    /**
     * Listens at each address.
     *
     * @param isShared whether other loops listen at the same port
     * @return the port; of the last address where it is 0
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
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(group)
                        .channel(transport.serverChannelType())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.AUTO_READ, false)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                        .childOption(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(
                                        limits.queueBytes() / 2, limits.queueBytes()))
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        accept(channel, receiver);
                                    }
                                });
        if (isShared) {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
        }
        var future = bootstrap.bind(address).awaitUninterruptibly();
        if (!future.isSuccess()) {
            throw new IOException(
                    "Cannot bind TCP %s port %d: %s"
                            .formatted(
                                    address.getAddress().getHostAddress(),
                                    address.getPort(),
                                    future.cause().getMessage()),
                    future.cause());
        }
        listening.add(future.channel());
        return future.channel();
    }

    /** Lets connections in, once there is somebody to take them. */
    void startAccepting() {
        listening.forEach(channel -> channel.config().setAutoRead(true));
    }

    private void accept(SocketChannel channel, Receiver receiver) {
        InetSocketAddress remote = channel.remoteAddress();
        // Null where the client has gone already.
        if (remote == null || !hasRoomFor(remote.getAddress())) {
            counters.tcpRefused.increment();
            var _ = channel.close();
            return;
        }
        NetworkPath path = NetworkPath.ofConnection(takeNumber(), remote);
        var connection = new TcpConnection(this, channel, path, receiver);
        counters.tcpAccepted.increment();
        connections.put(path, connection);
        strangers.put(path, connection);
        perBlock.merge(RemoteBlock.of(remote.getAddress()), 1, Integer::sum);
        connectionCount = connections.size();
        channel.pipeline().addLast(connection);
        var _ =
                eventLoop.schedule(
                        connection::closeStranger, limits.strangerNanos(), TimeUnit.NANOSECONDS);
        if (strangers.size() > limits.maxStrangers()) {
            strangers.values().iterator().next().close();
        }
    }

    /** A number that no other loop gives, and that tells which one gave it. */
    private int takeNumber() {
        int number = nextConnection;
        nextConnection =
                number > Integer.MAX_VALUE - numbering.loops()
                        ? numbering.loop()
                        : number + numbering.loops();
        return number;
    }

    private boolean hasRoomFor(InetAddress address) {
        return connections.size() < limits.maxConnections()
                && perBlock.getOrDefault(RemoteBlock.of(address), 0) < limits.maxPerAddress();
    }

    void onAuthenticated(TcpConnection connection) {
        strangers.remove(connection.path());
    }

    /** The connection is closed; once. */
    void onClosed(TcpConnection connection) {
        NetworkPath path = connection.path();
        if (connections.remove(path) != null) {
            strangers.remove(path);
            perBlock.computeIfPresent(
                    RemoteBlock.of(path.remote().getAddress()),
                    (_, count) -> count == 1 ? null : count - 1);
            connectionCount = connections.size();
        }
    }

    void drop(DropReason reason) {
        counters.dropped(reason).increment();
    }

    /** Queues a datagram; it leaves with the next flush. Takes the buffer. */
    void write(ByteBuf datagram, NetworkPath path) {
        TcpConnection connection = connections.get(path);
        if (connection == null || !connection.write(datagram)) {
            drop(DropReason.TCP_SEND_QUEUE_FULL);
            datagram.release();
        } else if (connection.markUnflushed()) {
            unflushed.add(connection);
        }
    }

    /** Sends what was queued. */
    void flush() {
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }

    /** Closes a connection when the session's last words have had time to leave. */
    void closeSoon(NetworkPath path) {
        TcpConnection connection = connections.get(path);
        if (connection != null) {
            var _ =
                    eventLoop.schedule(
                            connection::close, limits.lingerNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Connections that are open now; any thread may ask. */
    int connections() {
        return connectionCount;
    }

    /** Ends everything; from another thread than the loop's. */
    void close() {
        listening.forEach(channel -> channel.close().awaitUninterruptibly());
        listening.clear();
        eventLoop
                .submit(() -> List.copyOf(connections.values()).forEach(TcpConnection::close))
                .awaitUninterruptibly();
    }
}
