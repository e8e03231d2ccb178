package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stats.DelayHistogram;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.sockets.Transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.MultiThreadIoEventLoopGroup;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

class UdpEdgeReceiveTest {

    private static final int PATIENCE_SECONDS = 30;

    private static final int MANY = 500;

    /** Sent at once: more than one call takes, and less than the smallest socket has room for. */
    private static final int WINDOW = 50;

    private static final int ROUNDS = 20;

    /** What the thread allocates beside, spread over the datagrams. */
    private static final int BYTES_PER_DATAGRAM = 8;

    private final LoopCounters counters = new LoopCounters();
    private final Semaphore received = new Semaphore(0);
    private final List<NetworkPath> paths = new ArrayList<>();
    private final List<Integer> firstBytes = new ArrayList<>();
    private BiConsumer<ByteBuf, NetworkPath> onDatagram = this::note;
    private final UdpEdge edge = new UdpEdge(new Listener(), counters, new DelayHistogram());
    private Transport transport = Transport.best();
    private MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, transport.ioHandler());

    @AfterEach
    void close() {
        edge.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aDatagramComesWithItsSendersAddress(String address) throws Exception {
        try (var peer = new DatagramSocket(0, InetAddress.ofLiteral(address))) {
            send(peer, open(address), 5);

            awaitReceived(1);
            assertThat(paths)
                    .containsExactly(
                            new NetworkPath(
                                    0,
                                    new InetSocketAddress(
                                            InetAddress.ofLiteral(address), peer.getLocalPort())));
            assertThat(firstBytes).containsExactly(5);
        }
    }

    @Test
    void whereThereIsNoEpollTheChannelReceives() throws Exception {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        transport = Transport.NIO;
        group = new MultiThreadIoEventLoopGroup(1, transport.ioHandler());
        try (var peer = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            send(peer, open("127.0.0.1"), 5);

            awaitReceived(1);
            assertThat(firstBytes).containsExactly(5);
        }
    }

    @Test
    void manyDatagramsComeInOrderAndWhole() throws Exception {
        try (var peer = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            InetSocketAddress to = open("127.0.0.1");
            sendMany(peer, to);

            for (int i = 0; i < MANY; i++) {
                assertThat(firstBytes.get(i)).isEqualTo(i & 0x7F);
            }
        }
    }

    @Test
    void aDatagramThatIsKeptIsNotOverwrittenByLaterOnes() throws Exception {
        List<ByteBuf> kept = new ArrayList<>();
        onDatagram = (datagram, path) -> kept.add(datagram.retainedSlice());
        try (var peer = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            InetSocketAddress to = open("127.0.0.1");
            sendMany(peer, to);

            for (int i = 0; i < MANY; i++) {
                ByteBuf expected = kept.get(i);
                assertThat(ByteBufUtil.getBytes(expected)).containsExactly(content(i & 0x7F));
                expected.release();
            }
        }
    }

    @Test
    void anEmptyDatagramIsOne() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        onDatagram = (datagram, path) -> sizes.add(datagram.readableBytes());
        try (var peer = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            peer.send(new DatagramPacket(new byte[0], 0, open("127.0.0.1")));

            awaitReceived(1);
            assertThat(sizes).containsExactly(0);
        }
    }

    @Test
    void whatFailsWithADatagramIsLostAndTheNextOneComes() throws Exception {
        onDatagram =
                (datagram, path) -> {
                    note(datagram, path);
                    if (datagram.getByte(0) == 1) {
                        throw new IllegalStateException("on purpose");
                    }
                };
        try (var peer = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            InetSocketAddress to = open("127.0.0.1");
            send(peer, to, 1);
            send(peer, to, 2);

            awaitReceived(2);
            edge.close();
            assertThat(firstBytes).containsExactly(1, 2);
            assertThat(counters.dropped(DropReason.DEFECT).value()).isEqualTo(1);
        }
    }

    @Test
    void receivingLeavesNoGarbage() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<Long> allocated = new ArrayList<>();
        onDatagram =
                (datagram, path) -> {
                    if (datagram.getByte(0) == 1) {
                        allocated.add(threads.getCurrentThreadAllocatedBytes());
                    }
                };
        try (var peer = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            InetSocketAddress to = open("127.0.0.1");
            long mostBytes = (long) WINDOW * BYTES_PER_DATAGRAM;
            long leastBytes = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && leastBytes > mostBytes; round++) {
                allocated.clear();
                Semaphore goOn = holdLoop();
                send(peer, to, 1);
                for (int i = 0; i < WINDOW - 2; i++) {
                    send(peer, to, 0);
                }
                send(peer, to, 1);
                goOn.release();
                awaitReceived(WINDOW);
                leastBytes = Math.min(leastBytes, allocated.getLast() - allocated.getFirst());
            }
            assertThat(leastBytes).isLessThanOrEqualTo(mostBytes);
        }
    }

    @Test
    void aClosedEdgeLeavesThePortToOthers() throws Exception {
        InetSocketAddress address = open("127.0.0.1");
        edge.close();

        try (var other = new DatagramSocket(address)) {
            assertThat(other.getLocalPort()).isEqualTo(address.getPort());
        }
    }

    /** What arrives until the permit is given is taken in one go, however fast it was sent. */
    private Semaphore holdLoop() throws InterruptedException {
        var held = new Semaphore(0);
        var goOn = new Semaphore(0);
        group.execute(
                () -> {
                    held.release();
                    goOn.acquireUninterruptibly();
                });
        held.acquire();
        return goOn;
    }

    /** Opens the edge's socket, and tells its address. */
    private InetSocketAddress open(String address) throws IOException {
        InetAddress host = InetAddress.ofLiteral(address);
        int port = edge.bind(group, transport, List.of(host), 0, false);
        edge.startReceiving();
        return new InetSocketAddress(host, port);
    }

    private void sendMany(DatagramSocket from, InetSocketAddress to) throws Exception {
        for (int i = 0; i < MANY; i++) {
            send(from, to, i & 0x7F);
            if (i % WINDOW == WINDOW - 1) {
                awaitReceived(WINDOW);
            }
        }
    }

    private static void send(DatagramSocket from, InetSocketAddress to, int value)
            throws IOException {
        byte[] content = content(value);
        from.send(new DatagramPacket(content, content.length, to));
    }

    private static byte[] content(int value) {
        byte[] content = new byte[100 + value];
        Arrays.fill(content, (byte) value);
        return content;
    }

    private void note(ByteBuf datagram, NetworkPath path) {
        paths.add(path);
        firstBytes.add((int) datagram.getByte(0));
    }

    private void awaitReceived(int count) throws InterruptedException {
        assertThat(received.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private final class Listener implements UdpEdge.Receiver {

        @Override
        public void onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos) {
            try {
                onDatagram.accept(datagram, path);
            } finally {
                received.release();
            }
        }

        @Override
        public void onBatchEnd(long nowNanos) {}
    }
}
