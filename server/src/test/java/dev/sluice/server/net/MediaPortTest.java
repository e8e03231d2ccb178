package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stats.DelayHistogram;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.sockets.Transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Real sockets on loopback, some of which another process seems to hold. */
@Timeout(60)
class MediaPortTest {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int ANY = 0;
    private static final InetAddress FIRST = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress SECOND = InetAddress.ofLiteral("127.0.0.2");

    private final BusyGroup group = new BusyGroup();
    private final LoopCounters counters = new LoopCounters();
    private final UdpEdge udp = new UdpEdge(new Deaf(), counters, new DelayHistogram());
    private final TcpEdge tcp =
            new TcpEdge(group.next(), counters, TcpLimits.DEFAULT, new LoopNumber(0, 1));
    private final MediaPort sockets = new MediaPort(udp, tcp);

    /** Refuses sockets as the kernel does whose port is taken. */
    private static final class BusyGroup extends MultiThreadIoEventLoopGroup {

        /** Which ones, counted from 1 for each protocol. */
        final Set<Integer> refusedUdp = new HashSet<>();

        final Set<Integer> refusedTcp = new HashSet<>();
        int udpSockets;
        int tcpSockets;

        BusyGroup() {
            super(1, Transport.best().ioHandler());
        }

        @Override
        public ChannelFuture register(Channel channel) {
            boolean isRefused =
                    channel instanceof ServerChannel
                            ? refusedTcp.contains(++tcpSockets)
                            : refusedUdp.contains(++udpSockets);
            return isRefused
                    ? channel.newFailedFuture(new IOException("in use"))
                    : super.register(channel);
        }
    }

    @AfterEach
    void close() {
        sockets.close();
        group.shutdownGracefully().awaitUninterruptibly();
    }

    private int bind(int wanted, InetAddress... addresses) throws IOException {
        return sockets.bind(
                group, Transport.best(), List.of(addresses), wanted, false, new NoConnections());
    }

    @Test
    void datagramsLeaveFromThePortThatTcpCouldHaveToo() throws Exception {
        group.refusedTcp.add(1);
        assertThatDatagramsLeaveFrom(bind(ANY, FIRST));
        assertThat(group.udpSockets).isEqualTo(2);
    }

    @Test
    void aPortThatTheSecondAddressCannotHaveIsLeftForAnother() throws Exception {
        group.refusedUdp.add(2);
        assertThatDatagramsLeaveFrom(bind(ANY, FIRST, SECOND));
        assertThat(group.udpSockets).isEqualTo(4);
    }

    @Test
    void whereEveryPortIsTakenItIsSaid() {
        for (int i = 1; i <= 100; i++) {
            group.refusedTcp.add(i);
        }
        assertThatThrownBy(() -> bind(ANY, FIRST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot bind TCP 127.0.0.1 port");
    }

    @Test
    void aPortThatIsAskedForIsTriedOnce() {
        group.refusedUdp.add(1);
        assertThatThrownBy(() -> bind(4_711, FIRST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot bind UDP 127.0.0.1 port 4711");
        assertThat(group.udpSockets).isEqualTo(1);
    }

    private void assertThatDatagramsLeaveFrom(int port) throws Exception {
        try (var peer = new DatagramSocket(0, FIRST)) {
            peer.setSoTimeout(PATIENCE_MILLIS);
            var to = new InetSocketAddress(FIRST, peer.getLocalPort());
            group.submit(() -> send(new NetworkPath(0, to))).sync();
            assertThat(counters.dropped(DropReason.SOCKET_ERROR).value()).isZero();

            var datagram = new DatagramPacket(new byte[100], 100);
            peer.receive(datagram);
            assertThat(datagram.getLength()).isEqualTo(50);
            assertThat(datagram.getSocketAddress()).isEqualTo(new InetSocketAddress(FIRST, port));
        }
    }

    private void send(NetworkPath path) {
        udp.write(PooledByteBufAllocator.DEFAULT.directBuffer().writeZero(50), path);
        sockets.flush();
    }

    /** Nobody connects here. */
    private static final class NoConnections implements TcpEdge.Receiver {

        @Override
        public boolean onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos) {
            return false;
        }

        @Override
        public boolean isServed(NetworkPath path) {
            return false;
        }

        @Override
        public void onClosed(NetworkPath path, long nowNanos) {}

        @Override
        public void onBatchEnd() {}

        @Override
        public void onDefect(Throwable defect) {}
    }
}
