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

/**
 * A NAT on loopback that loses datagrams of every kind, in each direction with a seeded generator
 * of its own: which of a direction's datagrams get lost depends on their count alone.
 */
final class LossyUdpProxy implements AutoCloseable {

    private static final int MAX_DATAGRAM_BYTES = 65_536;

    private final InetSocketAddress server;
    private final Selector selector;
    private final DatagramChannel front;
    private final Direction toServer;
    private final Direction toClient;

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
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        toServer = new Direction(lossRate, new Random(seed));
        toClient = new Direction(lossRate, new Random(~seed));
        selector = Selector.open();
        front = open(null);
        thread = Thread.ofPlatform().name("lossy-udp-proxy").start(this::run);
    }

    /** What clients send to instead of the server's port. */
    int port() {
        return front.socket().getLocalPort();
    }

    long lostToServer() {
        return toServer.lost;
    }

    long lostToClient() {
        return toClient.lost;
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
                selector.select(this::onReadable);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void onReadable(SelectionKey key) {
        DatagramChannel channel = (DatagramChannel) key.channel();
        SocketAddress client = (SocketAddress) key.attachment();
        try {
            for (SocketAddress from = receive(channel); from != null; from = receive(channel)) {
                if (client != null) {
                    toClient.pass(datagram, front, client);
                } else {
                    toServer.pass(datagram, back(from), server);
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

    /** One way through the proxy; only the proxy's thread passes datagrams. */
    private static final class Direction {

        private final double lossRate;
        private final Random random;
        private volatile long lost;

        Direction(double lossRate, Random random) {
            this.lossRate = lossRate;
            this.random = random;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
        void pass(ByteBuffer datagram, DatagramChannel through, SocketAddress to)
                throws IOException {
            if (random.nextDouble() < lossRate) {
                lost++;
            } else {
                through.send(datagram, to);
            }
        }
    }
}
