package dev.sluice.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class ArrivalClockTest {

    /** Wall clock and monotonic clock are read one after the other. */
    private static final long READING_NANOS = 1_000_000;

    private static final long IDLE_NANOS = 3 * READING_NANOS;

    /** The kernel begins to stamp a moment after the first socket has asked for it. */
    private static final int MAX_DATAGRAMS = 2_000;

    private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
    private final List<EventLoopGroup> groups = new ArrayList<>();

    @AfterEach
    void close() {
        groups.forEach(
                group -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly());
    }

    @Test
    void aDatagramThatWaitedToBeReadArrivedWhenItWasSent() throws Exception {
        Channel receiver = receiver(Transport.EPOLL);
        boolean isStamped = false;
        for (int i = 0; i < MAX_DATAGRAMS && !isStamped; i++) {
            Exchange exchange = exchange(receiver);
            isStamped = exchange.arrivedNanos() < exchange.readNanos();
            if (isStamped) {
                assertThat(exchange.arrivedNanos())
                        .isBetween(
                                exchange.beforeNanos() - READING_NANOS,
                                exchange.sentNanos() + READING_NANOS);
            }
        }
        assertThat(isStamped).isTrue();
    }

    @Test
    void whereNobodyTellsItArrivedWhenItWasRead() throws Exception {
        Exchange exchange = exchange(receiver(Transport.NIO));

        assertThat(exchange.arrivedNanos()).isGreaterThanOrEqualTo(exchange.readNanos());
    }

    /**
     * @param beforeNanos before it was sent
     * @param sentNanos after it was sent, and was in the receiver's socket
     * @param readNanos when it may be read
     */
    private record Exchange(long beforeNanos, long sentNanos, long readNanos, long arrivedNanos) {}

    private Exchange exchange(Channel receiver) throws Exception {
        try (var sender = new DatagramSocket()) {
            long beforeNanos = System.nanoTime();
            sender.send(new java.net.DatagramPacket(new byte[1], 1, receiver.localAddress()));
            long sentNanos = System.nanoTime();
            while (System.nanoTime() - sentNanos < IDLE_NANOS) {
                Thread.onSpinWait();
            }
            long readNanos = System.nanoTime();
            receiver.read();
            return new Exchange(beforeNanos, sentNanos, readNanos, arrivals.take());
        }
    }

    /** Reads a datagram when it is asked to. */
    private Channel receiver(Transport transport) {
        var group = new MultiThreadIoEventLoopGroup(1, transport.ioHandler());
        groups.add(group);
        var clock = new ArrivalClock();
        Channel channel =
                new Bootstrap()
                        .group(group)
                        .channel(transport.channelType())
                        .option(ChannelOption.AUTO_READ, false)
                        .handler(new Arrivals(clock))
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .awaitUninterruptibly()
                        .channel();
        clock.watch(channel);
        return channel;
    }

    private final class Arrivals extends SimpleChannelInboundHandler<DatagramPacket> {

        private final ArrivalClock clock;

        Arrivals(ArrivalClock clock) {
            this.clock = clock;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            arrivals.add(clock.arrivalNanos(context.channel()));
        }
    }
}
