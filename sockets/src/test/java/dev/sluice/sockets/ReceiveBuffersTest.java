package dev.sluice.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

class ReceiveBuffersTest {

    private static final int COUNT = 4;
    private static final int BUFFER_BYTES = 100;

    /** Wall clock and monotonic clock are read one after the other. */
    private static final long READING_NANOS = 1_000_000;

    private static final long IDLE_NANOS = 3 * READING_NANOS;

    /** The kernel begins to stamp a moment after the first socket has asked for it. */
    private static final int MAX_TRIES = 2_000;

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, Transport.EPOLL.ioHandler());
    private final ReceiveBuffers buffers = new ReceiveBuffers(COUNT, BUFFER_BYTES);

    @BeforeEach
    void fill() {
        buffers.fill();
    }

    @AfterEach
    void close() {
        buffers.release();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /**
     * Two datagrams with a pause between them, read together after another one.
     *
     * @param firstNanos when the first came
     * @param secondNanos when the second came
     */
    private record Pair(
            long beforeNanos,
            long betweenNanos,
            long pausedNanos,
            long afterNanos,
            long firstNanos,
            long secondNanos) {

        /** Those that are not have the time of their reading. */
        boolean areStamped() {
            return firstNanos < pausedNanos && secondNanos < afterNanos + IDLE_NANOS;
        }
    }

    @Test
    void datagramsThatAreReadTogetherHaveEachItsOwnTime() throws IOException {
        EpollDatagramChannel socket = socket("127.0.0.1");
        assertThat(LinuxSockets.stampDatagrams(descriptor(socket))).isTrue();
        Pair pair = pair(socket);
        for (int i = 0; i < MAX_TRIES && !pair.areStamped(); i++) {
            pair = pair(socket);
        }

        assertThat(pair.firstNanos())
                .isBetween(pair.beforeNanos() - READING_NANOS, pair.betweenNanos() + READING_NANOS);
        assertThat(pair.secondNanos())
                .isBetween(pair.pausedNanos() - READING_NANOS, pair.afterNanos() + READING_NANOS);
    }

    private Pair pair(EpollDatagramChannel socket) throws IOException {
        try (var sender = new DatagramSocket()) {
            long beforeNanos = System.nanoTime();
            send(sender, socket, 1);
            long betweenNanos = System.nanoTime();
            idle();
            long pausedNanos = System.nanoTime();
            send(sender, socket, 1);
            long afterNanos = System.nanoTime();
            idle();
            assertThat(buffers.receive(descriptor(socket))).isEqualTo(2);
            var clock = new ArrivalClock();
            clock.read();
            long firstNanos = clock.arrivalNanos(buffers.stampNanos(0));
            long secondNanos = clock.arrivalNanos(buffers.stampNanos(1));
            buffers.renew(0);
            buffers.renew(1);
            return new Pair(
                    beforeNanos, betweenNanos, pausedNanos, afterNanos, firstNanos, secondNanos);
        }
    }

    @Test
    void whereNobodyAskedForATimeItIsThatOfTheReading() throws IOException {
        EpollDatagramChannel socket = socket("127.0.0.1");
        try (var sender = new DatagramSocket()) {
            send(sender, socket, 1);
            assertThat(buffers.receive(descriptor(socket))).isEqualTo(1);
        }
        long beforeNanos = System.nanoTime();
        var clock = new ArrivalClock();
        clock.read();

        assertThat(buffers.stampNanos(0)).isZero();
        assertThat(clock.arrivalNanos(0)).isBetween(beforeNanos, System.nanoTime());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void tellsWhoHasSentADatagramAndHowLongItIs(String address) throws IOException {
        EpollDatagramChannel socket = socket(address);
        try (var sender = new DatagramSocket(0, InetAddress.getByName(address))) {
            send(sender, socket, 17);
            assertThat(buffers.receive(descriptor(socket))).isEqualTo(1);

            assertThat(buffers.datagram(0).readableBytes()).isEqualTo(17);
            assertThat(buffers.senders().port(0)).isEqualTo(sender.getLocalPort());
        }
        boolean isIpv6 = address.contains(":");
        assertThat(buffers.senders().high(0)).isZero();
        assertThat(buffers.senders().low(0)).isEqualTo(isIpv6 ? 1 : 0xFFFF_7F00_0001L);
        assertThat(buffers.senders().scope(0)).isZero();
    }

    @Test
    void ofALongerDatagramAsMuchIsReceivedAsThereIsRoomFor() throws IOException {
        EpollDatagramChannel socket = socket("127.0.0.1");
        try (var sender = new DatagramSocket()) {
            send(sender, socket, BUFFER_BYTES + 1);
            assertThat(buffers.receive(descriptor(socket))).isEqualTo(1);
        }

        assertThat(buffers.datagram(0).readableBytes()).isEqualTo(BUFFER_BYTES);
    }

    @Test
    void aBufferIsUsedAgainUnlessSomebodyHasRetainedIt() throws IOException {
        EpollDatagramChannel socket = socket("127.0.0.1");
        try (var sender = new DatagramSocket()) {
            ByteBuf first = receive(sender, socket);
            buffers.renew(0);
            assertThat(receive(sender, socket)).isSameAs(first);
            first.retain();
            buffers.renew(0);
            assertThat(receive(sender, socket)).isNotSameAs(first);
            assertThat(first.refCnt()).isEqualTo(1);
            first.release();
        }
    }

    private ByteBuf receive(DatagramSocket sender, EpollDatagramChannel socket) throws IOException {
        send(sender, socket, 1);
        assertThat(buffers.receive(descriptor(socket))).isEqualTo(1);
        return buffers.datagram(0);
    }

    @Test
    void whereNothingHasComeItDoesNotWait() {
        assertThat(buffers.receive(descriptor(socket("127.0.0.1")))).isEqualTo(-1);
        assertThat(buffers.error()).isEqualTo(LinuxSockets.EAGAIN);
    }

    @Test
    void withoutMemoryThereIsNoDatagram() {
        buffers.release();

        assertThatIllegalStateException().isThrownBy(() -> buffers.datagram(0));
    }

    @Test
    void saysWhetherItCanReceiveByASocket() {
        assertThat(ReceiveBuffers.mayReceive(descriptor(socket("127.0.0.1")))).isTrue();
        assertThat(ReceiveBuffers.mayReceive(-1)).isFalse();
    }

    private static void send(DatagramSocket from, EpollDatagramChannel to, int sizeBytes)
            throws IOException {
        from.send(new DatagramPacket(new byte[sizeBytes], sizeBytes, to.localAddress()));
    }

    private static void idle() {
        long startNanos = System.nanoTime();
        while (System.nanoTime() - startNanos < IDLE_NANOS) {
            Thread.onSpinWait();
        }
    }

    private EpollDatagramChannel socket(String address) {
        return (EpollDatagramChannel)
                new Bootstrap()
                        .group(group)
                        .channel(EpollDatagramChannel.class)
                        .option(ChannelOption.AUTO_READ, false)
                        .handler(new ChannelInboundHandlerAdapter())
                        .bind(new InetSocketAddress(address, 0))
                        .syncUninterruptibly()
                        .channel();
    }

    private static int descriptor(EpollDatagramChannel socket) {
        return socket.fd().intValue();
    }
}
