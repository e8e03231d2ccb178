package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stats.DelayHistogram;
import dev.sluice.server.session.DatagramRun;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.sockets.Transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class NativeSenderTest {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SIZE_BYTES = 100;

    private static final int EINVAL = 22;

    /** More datagrams than the kernel cuts a send into: 128, and 64 before Linux 6.9. */
    private static final int TOO_MANY = 140;

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final Transport transport = Transport.best();
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, transport.ioHandler());
    private final LoopCounters counters = new LoopCounters();
    private final SegmentedSends segmented = new SegmentedSends();
    private Channel channel;
    private DatagramSocket peer;
    private NetworkPath path;

    @BeforeEach
    void open() throws Exception {
        peer = new DatagramSocket(0, LOOPBACK);
        peer.setSoTimeout(PATIENCE_MILLIS);
        path = new NetworkPath(0, new InetSocketAddress(LOOPBACK, peer.getLocalPort()));
        var batch = new ReceivedBatch(new Deaf(), counters, new DelayHistogram());
        channel =
                new Bootstrap()
                        .group(group)
                        .channel(transport.channelType())
                        .handler(new ChannelReceiver(0, batch, counters))
                        .bind("0.0.0.0", 0)
                        .sync()
                        .channel();
    }

    @AfterEach
    void close() {
        peer.close();
        channel.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void whatFollowsARefusedRunStaysBehindIt() throws Exception {
        var sender = NativeSender.of(channel, counters, segmented);
        inLoop(
                () -> {
                    sender.write(buffer(0), path);
                    sender.writeRun(run(1, TOO_MANY), path);
                    sender.write(buffer(TOO_MANY + 1), path);
                    sender.writeRun(run(TOO_MANY + 2, 3), path);
                    sender.flush();
                    sender.write(buffer(TOO_MANY + 5), path);
                    sender.flush();
                });

        assertThat(received(TOO_MANY + 6)).isEqualTo(firstNumbers(TOO_MANY + 6));
        assertThat(counters.dropped(DropReason.SOCKET_ERROR).value()).isZero();
        assertCountedRuns();
    }

    @Test
    void aRunThatTheKernelHasCutIsCounted() throws Exception {
        sendRunsAndCount(NativeSender.of(channel, counters, segmented));
    }

    @Test
    void aRunThatTheKernelHasCutForTheChannelIsCounted() throws Exception {
        sendRunsAndCount(new ChannelSender(channel, counters, segmented));
    }

    private void sendRunsAndCount(DatagramSender sender) throws Exception {
        boolean areCut = segmented.areAllowed(path);
        inLoop(
                () -> {
                    sender.write(buffer(0), path);
                    sender.writeRun(run(1, 3), path);
                    sender.writeRun(run(4, 5), path);
                    sender.writeRun(run(9, 1), path);
                    sender.flush();
                });

        assertThat(received(10)).isEqualTo(firstNumbers(10));
        if (areCut) {
            assertCountedRuns(3, 5);
        } else {
            assertCountedRuns();
        }
    }

    @Test
    void whileRunsArePausedNoneIsCounted() throws Exception {
        var sender = NativeSender.of(channel, counters, segmented);
        assertThat(segmented.onFailed(EINVAL, path)).isTrue();
        assertThat(sender.takesRuns(path)).isFalse();
        inLoop(
                () -> {
                    sender.writeRun(run(0, 3), path);
                    sender.flush();
                });

        assertThat(received(3)).isEqualTo(firstNumbers(3));
        assertCountedRuns();
    }

    private void assertCountedRuns(int... sizes) {
        assertThat(counters.runsOut.value()).isEqualTo(sizes.length);
        assertThat(counters.runPacketsOut.value()).isEqualTo(IntStream.of(sizes).sum());
    }

    @Test
    void everyDatagramOfALostRunIsCounted() throws Exception {
        var sender = NativeSender.of(channel, counters, segmented);
        inLoop(
                () -> {
                    sender.writeRun(run(0, 5), forbidden());
                    sender.write(buffer(0), path);
                    sender.flush();
                });

        assertThat(received(1)).containsExactly(0);
        assertThat(counters.dropped(DropReason.SOCKET_ERROR).value()).isEqualTo(5);
        assertCountedRuns();
    }

    @Test
    void everyDatagramOfARunThatTheChannelLosesIsCounted() throws Exception {
        var sender = new ChannelSender(channel, counters, segmented);
        inLoop(
                () -> {
                    sender.writeRun(run(0, 5), forbidden());
                    sender.flush();
                });

        assertThat(counters.dropped(DropReason.SOCKET_ERROR).value()).isEqualTo(5);
        assertCountedRuns();
    }

    @Test
    void onePeersRefusalTakesRunsFromNobodyElse() throws Exception {
        sendToPortZero(NativeSender.of(channel, counters, segmented));
    }

    @Test
    void aRefusalThatTheChannelHearsOfTakesRunsFromNobodyElse() throws Exception {
        sendToPortZero(new ChannelSender(channel, counters, segmented));
    }

    private void sendToPortZero(DatagramSender sender) throws Exception {
        boolean wereAllowed = segmented.areAllowed(path);
        var nowhere = new NetworkPath(0, new InetSocketAddress(LOOPBACK, 0));
        inLoop(
                () -> {
                    sender.writeRun(run(0, 5), nowhere);
                    sender.flush();
                });

        assertThat(segmented.areAllowed(nowhere)).isFalse();
        assertThat(segmented.areAllowed(path)).isEqualTo(wereAllowed);
        assertThat(counters.dropped(DropReason.SOCKET_ERROR).value()).isEqualTo(5);
    }

    /** By itself and at once, as Netty's channel would send several by the forbidden call, too. */
    @Test
    void whereSendmmsgIsForbiddenEachDatagramLeavesAtOnce() throws Exception {
        var sender = NativeSender.of(channel, counters, segmented, socket -> false);
        assertThat(sender.takesRuns(path)).isFalse();
        inLoop(
                () -> {
                    sender.write(buffer(0), path);
                    sender.write(buffer(1), path);
                    sender.writeRun(run(2, 5), path);
                    assertThat(channel.unsafe().outboundBuffer().totalPendingWriteBytes()).isZero();
                });

        assertThat(received(7)).isEqualTo(firstNumbers(7));
        assertThat(counters.dropped(DropReason.SOCKET_ERROR).value()).isZero();
        assertCountedRuns();
    }

    /** A broadcast, which a socket may not send unless it asks for that. */
    private static NetworkPath forbidden() {
        return new NetworkPath(0, new InetSocketAddress("255.255.255.255", 9));
    }

    private void inLoop(Runnable sending) throws Exception {
        group.next().submit(sending).sync();
    }

    private static DatagramRun run(int first, int count) {
        var run = new DatagramRun();
        for (int i = 0; i < count; i++) {
            run.add(buffer(first + i));
        }
        return run;
    }

    private static ByteBuf buffer(int number) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(SIZE_BYTES);
        return buffer.writeInt(number).writeZero(SIZE_BYTES - Integer.BYTES);
    }

    private static List<Integer> firstNumbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private List<Integer> received(int count) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var datagram = new DatagramPacket(new byte[2 * SIZE_BYTES], 2 * SIZE_BYTES);
            peer.receive(datagram);
            assertThat(datagram.getLength()).isEqualTo(SIZE_BYTES);
            numbers.add(ByteBuffer.wrap(datagram.getData()).getInt());
        }
        return numbers;
    }
}
