package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.sockets.Transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Real sockets on loopback; who is served is said by the test. */
@Timeout(60)
class TcpEdgeTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long NEVER_IN_A_TEST = 600 * SECOND;
    private static final int QUEUE_BYTES = 64 << 10;
    private static final int MAX_TURNS = 10_000;
    private static final LoopNumber ALONE = new LoopNumber(0, 1);

    /** Looks like STUN and names a session, as the receiver here sees it. */
    private static final byte[] CHECK = {0, 1, 0, 0};

    private static final byte[] CHECK_OF_NOBODY = {0, 1, 9, 9};
    private static final byte[] MEDIA = {(byte) 0x80, 1, 2, 3};

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, Transport.best().ioHandler());
    private final EventLoop loop = group.next();
    private final LoopCounters counters = new LoopCounters();
    private final Engine engine = new Engine();
    private final List<Socket> clients = new ArrayList<>();
    private TcpEdge edge = new TcpEdge(loop, counters, TcpLimits.DEFAULT, ALONE);
    private int port;

    /** Serves who sends {@link #CHECK}. */
    private static final class Engine implements TcpEdge.Receiver {

        final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        volatile boolean fails;
        final BlockingQueue<Throwable> defects = new LinkedBlockingQueue<>();
        final BlockingQueue<NetworkPath> served = new LinkedBlockingQueue<>();
        final Set<NetworkPath> known = ConcurrentHashMap.newKeySet();
        final BlockingQueue<NetworkPath> closed = new LinkedBlockingQueue<>();

        @Override
        public boolean onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos) {
            if (fails) {
                throw new IllegalStateException("on purpose");
            }
            byte[] bytes = ByteBufUtil.getBytes(datagram);
            received.add(ByteBufUtil.hexDump(bytes));
            if (java.util.Arrays.equals(bytes, CHECK)) {
                known.add(path);
                served.add(path);
            }
            return !java.util.Arrays.equals(bytes, CHECK_OF_NOBODY);
        }

        @Override
        public boolean isServed(NetworkPath path) {
            return known.contains(path);
        }

        @Override
        public void onClosed(NetworkPath path, long nowNanos) {
            closed.add(path);
        }

        @Override
        public void onBatchEnd() {}

        @Override
        public void onDefect(Throwable defect) {
            defects.add(defect);
        }
    }

    private void start(TcpLimits limits) throws Exception {
        edge = new TcpEdge(loop, counters, limits, ALONE);
        port =
                edge.bind(
                        group,
                        Transport.best(),
                        List.of(InetAddress.getLoopbackAddress()),
                        0,
                        false,
                        engine);
        edge.startAccepting();
    }

    private static TcpLimits limits(int connections, int perAddress, int strangers) {
        return new TcpLimits(
                connections, perAddress, strangers, NEVER_IN_A_TEST, SECOND / 100, QUEUE_BYTES);
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        edge.close();
        // What the loop does about the connections that were closed takes it some turns more.
        for (int turn = 0; turn < MAX_TURNS && edge.connections() > 0; turn++) {
            onLoop(() -> {});
        }
        assertThat(edge.connections()).isZero();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        clients.add(socket);
        return socket;
    }

    private static void send(Socket socket, byte[]... frames) throws IOException {
        ByteBuf stream = Unpooled.buffer();
        for (byte[] frame : frames) {
            stream.writeShort(frame.length).writeBytes(frame);
        }
        socket.getOutputStream().write(ByteBufUtil.getBytes(stream));
    }

    private NetworkPath serve(Socket client) throws Exception {
        send(client, CHECK);
        return take(engine.served);
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(30, TimeUnit.SECONDS);
        assertThat(taken).isNotNull();
        return java.util.Objects.requireNonNull(taken);
    }

    private static boolean isAtEnd(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    private void onLoop(Runnable work) {
        loop.submit(work).awaitUninterruptibly();
    }

    @Test
    void framesGoBothWays() throws Exception {
        start(limits(10, 10, 10));
        Socket client = connect();
        send(client, CHECK, MEDIA);
        NetworkPath path = take(engine.served);
        assertThat(take(engine.received)).isEqualTo("00010000");
        assertThat(take(engine.received)).isEqualTo("80010203");
        assertThat(path.remote().getPort()).isEqualTo(client.getLocalPort());

        onLoop(
                () -> {
                    edge.write(Unpooled.wrappedBuffer(new byte[] {7, 8, 9}), path);
                    edge.flush();
                });
        var in = new DataInputStream(client.getInputStream());
        assertThat(in.readUnsignedShort()).isEqualTo(3);
        assertThat(in.readNBytes(3)).containsExactly(7, 8, 9);
    }

    @Test
    void whoDoesNotBeginWithACheckIsShownOut() throws Exception {
        start(limits(10, 10, 10));
        for (byte[] first :
                List.of(
                        MEDIA,
                        CHECK_OF_NOBODY,
                        "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII))) {
            Socket client = connect();
            send(client, first);
            assertThat(isAtEnd(client)).isTrue();
            take(engine.closed);
        }
        Socket endless = connect();
        endless.getOutputStream().write(new byte[] {(byte) 0xFF, (byte) 0xFF, 1, 2});
        assertThat(isAtEnd(endless)).isTrue();
        assertThat(engine.received).hasSize(1);
        assertThat(counters.dropped(DropReason.TCP_STRANGER).value()).isEqualTo(4);
    }

    @Test
    void whoSaysNothingIsShownOutAfterAWhile() throws Exception {
        start(new TcpLimits(10, 10, 10, SECOND / 10, SECOND / 100, QUEUE_BYTES));
        Socket known = connect();
        NetworkPath path = serve(known);
        assertThat(isAtEnd(connect())).isTrue();
        // As late as the stranger was shown out, the known one is still there.
        onLoop(
                () -> {
                    edge.write(Unpooled.wrappedBuffer(MEDIA.clone()), path);
                    edge.flush();
                });
        assertThat(known.getInputStream().read()).isZero();
    }

    @Test
    void theOldestStrangerMakesRoomForTheNext() throws Exception {
        start(limits(10, 10, 2));
        Socket known = connect();
        serve(known);
        Socket first = connect();
        connect();
        connect();
        assertThat(isAtEnd(first)).isTrue();
        assertThat(take(engine.closed).remote().getPort()).isEqualTo(first.getLocalPort());
    }

    @Test
    void aDefectIsToldAsOneAndEndsTheConnection() throws Exception {
        start(limits(10, 10, 10));
        Socket client = connect();
        serve(client);
        engine.fails = true;
        send(client, MEDIA);
        assertThat(take(engine.defects)).hasMessage("on purpose");
        assertThat(isAtEnd(client)).isTrue();
        assertThat(counters.dropped(DropReason.SOCKET_ERROR).value()).isZero();
    }

    @Test
    void strangersWhoComeAtOnceAreNoMoreThanTheirShare() throws Exception {
        start(limits(100, 100, 2));
        var goOn = new Semaphore(0);
        loop.execute(goOn::acquireUninterruptibly);
        List<Socket> strangers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            strangers.add(connect());
        }
        goOn.release();
        for (Socket stranger : strangers.subList(0, 30)) {
            assertThat(isAtEnd(stranger)).isTrue();
            take(engine.closed);
        }
        assertThat(edge.connections()).isEqualTo(2);
    }

    @Test
    void noAddressTakesMoreThanItsShareOfConnections() throws Exception {
        start(limits(100, 3, 100));
        for (int i = 0; i < 3; i++) {
            serve(connect());
        }
        assertThat(isAtEnd(connect())).isTrue();
        assertThat(counters.tcpRefused.value()).isEqualTo(1);
        clients.getFirst().close();
        take(engine.closed);
        serve(connect());
        assertThat(edge.connections()).isEqualTo(3);
    }

    @Test
    void aSlowReaderLosesPacketsAndHoldsUpNobody() throws Exception {
        start(limits(10, 10, 10));
        NetworkPath slow = serve(connect());
        Socket quickClient = connect();
        NetworkPath quick = serve(quickClient);
        int size = 1_000;
        onLoop(
                () -> {
                    for (int i = 0; i < 50_000; i++) {
                        edge.write(Unpooled.buffer().writeZero(size), slow);
                        edge.flush();
                    }
                    edge.write(Unpooled.wrappedBuffer(MEDIA.clone()), quick);
                    edge.flush();
                });
        assertThat(counters.dropped(DropReason.TCP_SEND_QUEUE_FULL).value()).isPositive();
        var in = new DataInputStream(quickClient.getInputStream());
        assertThat(in.readUnsignedShort()).isEqualTo(MEDIA.length);
        assertThat(in.readNBytes(MEDIA.length)).isEqualTo(MEDIA);
    }

    @Test
    void anEndedSessionsConnectionCloses() throws Exception {
        start(limits(10, 10, 10));
        Socket client = connect();
        NetworkPath path = serve(client);
        onLoop(
                () -> {
                    edge.closeSoon(path);
                    edge.write(Unpooled.wrappedBuffer(MEDIA.clone()), path);
                    edge.flush();
                });
        assertThat(client.getInputStream().readNBytes(6)).hasSize(6);
        assertThat(isAtEnd(client)).isTrue();
        assertThat(take(engine.closed)).isEqualTo(path);
        onLoop(() -> edge.write(Unpooled.wrappedBuffer(MEDIA.clone()), path));
        assertThat(counters.dropped(DropReason.TCP_SEND_QUEUE_FULL).value()).isEqualTo(1);
    }
}
