package dev.sluice.server.libwebrtc;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A NAT on loopback that loses and delays datagrams of every kind and bounds their rate, in each
 * direction with a seeded generator of its own: which of a direction's datagrams get lost by chance
 * depends on their count alone.
 */
public final class LossyUdpProxy implements AutoCloseable {

    private static final int MAX_DATAGRAM_BYTES = 65_536;

    private final InetSocketAddress server;
    private final Selector selector;
    private final DatagramChannel front;
    private final LinkQueue toServer;
    private final LinkQueue toClient;

    /** One socket for each address that a client sends from: servers tell peers apart by it. */
    private final Map<SocketAddress, DatagramChannel> backs = new HashMap<>();

    private final ByteBuffer datagram = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final Thread thread;

    /**
     * Starts forwarding.
     *
     * @param serverPort the UDP port on loopback to stand in front of
     * @param lossRate the share of datagrams lost in each direction, 0 to 1
     */
    LossyUdpProxy(int serverPort, double lossRate, long seed) throws IOException {
        this(serverPort, LinkConditions.OPEN.losing(lossRate), seed);
    }

    /**
     * Starts forwarding.
     *
     * @param serverPort the UDP port on loopback to stand in front of
     * @param conditions of each direction
     */
    public LossyUdpProxy(int serverPort, LinkConditions conditions, long seed) throws IOException {
        long nowNanos = System.nanoTime();
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        toServer = new LinkQueue(conditions, new Random(seed), nowNanos);
        toClient = new LinkQueue(conditions, new Random(~seed), nowNanos);
        selector = Selector.open();
        front = open(null);
        thread = Thread.ofPlatform().name("lossy-udp-proxy").start(this::run);
    }

    /** What clients send to instead of the server's port. */
    public int port() {
        return front.socket().getLocalPort();
    }

    public long lostToServer() {
        return toServer.lost();
    }

    public long lostToClient() {
        return toClient.lost();
    }

    /** Datagrams toward clients that the rate left no room for. */
    public long overflowedToClient() {
        return toClient.overflowed();
    }

    /** Changes what happens toward clients, from now on. */
    public void towardClient(LinkConditions conditions) {
        toClient.conditions(conditions);
    }

    /** Registers a socket; the key's attachment is the client behind it, none for the front. */
    private DatagramChannel open(@Nullable SocketAddress client) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, client);
        return channel;
    }

    private void run() {
        try (selector) {
            while (!Thread.currentThread().isInterrupted()) {
                selector.select(this::onReadable, waitMillis());
                toServer.release(System.nanoTime());
                toClient.release(System.nanoTime());
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until the next datagram is due; 0 is for ever. */
    private long waitMillis() {
        long dueNanos = Math.min(toServer.nextDueNanos(), toClient.nextDueNanos());
        if (dueNanos == LinkQueue.NEVER) {
            return 0;
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(dueNanos - System.nanoTime()));
    }

    private void onReadable(SelectionKey key) {
        long nowNanos = System.nanoTime();
        DatagramChannel channel = (DatagramChannel) key.channel();
        SocketAddress client = (SocketAddress) key.attachment();
        try {
            for (SocketAddress from = receive(channel); from != null; from = receive(channel)) {
                if (client != null) {
                    toClient.pass(datagram, front, client, nowNanos);
                } else {
                    toServer.pass(datagram, back(from), server, nowNanos);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable SocketAddress receive(DatagramChannel channel) throws IOException {
        datagram.clear();
        SocketAddress from = channel.receive(datagram);
        datagram.flip();
        return from;
    }

    private DatagramChannel back(SocketAddress client) throws IOException {
        DatagramChannel back = backs.get(client);
        if (back == null) {
            back = open(client);
            backs.put(client, back);
        }
        return back;
    }

    /** Ends the thread, which closes the sockets: no other thread touches what it uses. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
