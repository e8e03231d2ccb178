package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stats.DelayHistogram;
import dev.sluice.server.session.LoopCounters;

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
import java.util.List;

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

    private static List<Integer> sizesOfRun(int... sizes) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        var group = new MultiThreadIoEventLoopGroup(1, Transport.best().ioHandler());
        var edge = new UdpEdge(new LoopCounters(), new DelayHistogram());
        try (var peer = new DatagramSocket(0, loopback)) {
            peer.setSoTimeout(PATIENCE_MILLIS);
            edge.bind(group, Transport.best(), List.of(loopback), 0, false, new Deaf());
            var path = new NetworkPath(0, new InetSocketAddress(loopback, peer.getLocalPort()));
            group.next().execute(() -> send(edge, path, sizes));
            return receive(peer, sizes.length);
        } finally {
            edge.close();
            group.shutdownGracefully().awaitUninterruptibly();
        }
    }

    private static void send(UdpEdge edge, NetworkPath path, int... sizes) {
        ByteBuf run = PooledByteBufAllocator.DEFAULT.directBuffer();
        for (int i = 0; i < sizes.length; i++) {
            run.writeBytes(content(i, sizes[i]));
        }
        edge.writeRun(run, sizes[0], path);
        edge.flush();
    }

    private static byte[] content(int place, int size) {
        byte[] content = new byte[size];
        java.util.Arrays.fill(content, (byte) (place + 1));
        return content;
    }

    private static List<Integer> receive(DatagramSocket peer, int count) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var datagram = new DatagramPacket(new byte[4_000], 4_000);
            peer.receive(datagram);
            byte[] got = java.util.Arrays.copyOf(datagram.getData(), datagram.getLength());
            assertThat(got).isEqualTo(content(i, got.length));
            sizes.add(got.length);
        }
        return sizes;
    }

    /** Expects nothing. */
    private static final class Deaf implements UdpEdge.Receiver {

        @Override
        public void onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos) {}

        @Override
        public void onBatchEnd(long nowNanos) {}
    }
}
