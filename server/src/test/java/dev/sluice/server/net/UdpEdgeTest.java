package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stats.DelayHistogram;
import dev.sluice.server.session.DatagramRun;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.sockets.Transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

class UdpEdgeTest {

    private static final int PATIENCE_MILLIS = 30_000;

    @Test
    void aRunArrivesAsItsDatagrams() throws Exception {
        assertThat(sizesOfRun(1_000, 1_000, 1_000, 300)).containsExactly(1_000, 1_000, 1_000, 300);
    }

    @Test
    void aRunOfOneIsOneDatagram() throws Exception {
        assertThat(sizesOfRun(700)).containsExactly(700);
    }

    @Test
    void aRunGoesToAnAddressOfEitherFamily() throws Exception {
        assertThat(sizesOfRun(InetAddress.ofLiteral("::1"), 900, 900, 10))
                .containsExactly(900, 900, 10);
        assertThat(sizesOfRun(InetAddress.ofLiteral("127.0.0.1"), 900, 900, 10))
                .containsExactly(900, 900, 10);
    }

    @Test
    void aRunThatTheKernelRefusesLeavesDatagramByDatagram() throws Exception {
        int[] sizes = new int[64];
        Arrays.fill(sizes, 1_100); // in all more than a datagram may have

        assertThat(sizesOfRun(sizes)).hasSize(64).containsOnly(1_100);
    }

    @Test
    void aDatagramThatTheKernelRefusesIsCountedAndTheNextOneLeaves() throws Exception {
        var counters = new LoopCounters();
        List<Integer> sizes =
                received(
                        InetAddress.getLoopbackAddress(),
                        counters,
                        1,
                        (edge, path) -> {
                            edge.write(buffer(0, 70_000), path);
                            edge.write(buffer(0, 50), path);
                            edge.flush();
                        });

        assertThat(sizes).containsExactly(50);
        assertThat(counters.dropped(DropReason.SOCKET_ERROR).value()).isEqualTo(1);
    }

    /** The number of a closed socket is that of the next file that is opened. */
    @Test
    void aClosedEdgeSendsNothingByASocketThatCameAfterIt() throws Exception {
        var counters = new LoopCounters();
        var group = new MultiThreadIoEventLoopGroup(1, Transport.best().ioHandler());
        var edge = new UdpEdge(new Deaf(), counters, new DelayHistogram());
        InetAddress loopback = InetAddress.getLoopbackAddress();
        List<DatagramSocket> later = new ArrayList<>();
        try (var peer = new DatagramSocket(0, loopback)) {
            peer.setSoTimeout(PATIENCE_MILLIS);
            edge.bind(group, Transport.best(), List.of(loopback), 0, false);
            edge.close();
            for (int i = 0; i < 8; i++) {
                later.add(new DatagramSocket(0, loopback));
            }
            var to = new InetSocketAddress(loopback, peer.getLocalPort());
            group.submit(() -> send(edge, new NetworkPath(0, to), 900, 900)).sync();
            group.submit(() -> edge.write(buffer(0, 50), new NetworkPath(0, to))).sync();
            group.submit(edge::flush).sync();
            later.getFirst().send(new DatagramPacket(content(0, 10), 10, to));

            assertThat(receive(peer, 1)).containsExactly(10);
            assertThat(counters.dropped(DropReason.SOCKET_ERROR).value()).isEqualTo(3);
        } finally {
            later.forEach(DatagramSocket::close);
            group.shutdownGracefully().awaitUninterruptibly();
        }
    }

    private static List<Integer> sizesOfRun(int... sizes) throws IOException {
        return sizesOfRun(InetAddress.getLoopbackAddress(), sizes);
    }

    private static List<Integer> sizesOfRun(InetAddress loopback, int... sizes) throws IOException {
        return received(
                loopback,
                new LoopCounters(),
                sizes.length,
                (edge, path) -> send(edge, path, sizes));
    }

    private static List<Integer> received(
            InetAddress loopback,
            LoopCounters counters,
            int count,
            BiConsumer<UdpEdge, NetworkPath> sending)
            throws IOException {
        var group = new MultiThreadIoEventLoopGroup(1, Transport.best().ioHandler());
        var edge = new UdpEdge(new Deaf(), counters, new DelayHistogram());
        try (var peer = new DatagramSocket(0, loopback)) {
            peer.setSoTimeout(PATIENCE_MILLIS);
            edge.bind(group, Transport.best(), List.of(loopback), 0, false);
            var path = new NetworkPath(0, new InetSocketAddress(loopback, peer.getLocalPort()));
            group.next().execute(() -> sending.accept(edge, path));
            return receive(peer, count);
        } finally {
            edge.close();
            group.shutdownGracefully().awaitUninterruptibly();
        }
    }

    private static void send(UdpEdge edge, NetworkPath path, int... sizes) {
        var run = new DatagramRun();
        for (int i = 0; i < sizes.length; i++) {
            run.add(buffer(i, sizes[i]));
        }
        edge.writeRun(run, path);
        edge.flush();
    }

    private static ByteBuf buffer(int place, int size) {
        return PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(content(place, size));
    }

    private static byte[] content(int place, int size) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) (place + 1));
        return content;
    }

    private static List<Integer> receive(DatagramSocket peer, int count) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var datagram = new DatagramPacket(new byte[4_000], 4_000);
            peer.receive(datagram);
            byte[] got = Arrays.copyOf(datagram.getData(), datagram.getLength());
            assertThat(got).isEqualTo(content(i, got.length));
            sizes.add(got.length);
        }
        return sizes;
    }
}
