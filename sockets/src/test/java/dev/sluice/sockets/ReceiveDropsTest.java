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

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

class ReceiveDropsTest {

    private static final int ROOM_BYTES = 16_384;

    /** More than there is room for, whatever the kernel counts for each. */
    private static final int TOO_MANY = 500;

    private final List<EventLoopGroup> groups = new ArrayList<>();
    private final Semaphore received = new Semaphore(0);

    @AfterEach
    void close() {
        groups.forEach(
                group -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly());
    }

    @Test
    void whatDoesNotComeOfASocketThatNobodyReadWasDropped() throws Exception {
        Channel receiver = receiver(Transport.EPOLL);
        var drops = new ReceiveDrops(receiver);
        assertThat(drops.more()).isZero();

        send(TOO_MANY, receiver);
        long dropped = drops.more();

        assertThat(dropped).isBetween(1L, TOO_MANY - 1L);
        receiver.config().setAutoRead(true);
        awaitReceived(TOO_MANY - (int) dropped);
        send(1, receiver);
        awaitReceived(1);
        assertThat(received.availablePermits()).isZero();
    }

    @Test
    void whatWasToldOnceIsNotToldAgain() throws Exception {
        Channel receiver = receiver(Transport.EPOLL);
        var drops = new ReceiveDrops(receiver);
        send(TOO_MANY, receiver);
        assertThat(drops.more()).isPositive();

        assertThat(drops.more()).isZero();
        send(10, receiver);
        assertThat(drops.more()).isEqualTo(10);
    }

    @Test
    void nothingIsCountedWhereTheKernelDoesNotTell() throws Exception {
        Channel receiver = receiver(Transport.NIO);
        var drops = new ReceiveDrops(receiver);
        send(TOO_MANY, receiver);

        assertThat(drops.more()).isZero();
    }

    private void awaitReceived(int count) throws InterruptedException {
        assertThat(received.tryAcquire(count, 1, TimeUnit.MINUTES)).isTrue();
    }

    private static void send(int count, Channel receiver) throws IOException {
        try (var sender = new DatagramSocket()) {
            var datagram =
                    new java.net.DatagramPacket(new byte[1000], 1000, receiver.localAddress());
            for (int i = 0; i < count; i++) {
                sender.send(datagram);
            }
        }
    }

    /** Reads nothing until it is asked to. */
    private Channel receiver(Transport transport) {
        var group = new MultiThreadIoEventLoopGroup(1, transport.ioHandler());
        groups.add(group);
        return new Bootstrap()
                .group(group)
                .channel(transport.channelType())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_RCVBUF, ROOM_BYTES)
                .handler(new Counter())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .awaitUninterruptibly()
                .channel();
    }

    private final class Counter extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            received.release();
        }
    }
}
