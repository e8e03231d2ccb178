package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.media.bwe.EstimationMode;
import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.pacing.PacerSettings;
import dev.sluice.media.time.WallClock;
import dev.sluice.server.router.EngineSettings;
import dev.sluice.server.router.EngineSnapshot;
import dev.sluice.server.router.MediaEngine;
import dev.sluice.server.session.BatchSettings;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.HandshakeBudget;
import dev.sluice.server.session.SendSettings;
import dev.sluice.server.session.SessionTimeouts;
import dev.sluice.sockets.Transport;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.IdentityRotation;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.internal.ThreadExecutorMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Real sockets on loopback. */
@Timeout(60)
class LoopGroupTest {

    private static final List<InetAddress> HERE = List.of(InetAddress.getLoopbackAddress());
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration LONGER_THAN_AWAIT = Duration.ofSeconds(50);
    private static final long SECOND = 1_000_000_000L;

    /** Looks like RTP of somebody whom no session knows. */
    private static final byte[] STRANGE = {(byte) 0x80, 96, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};

    static LoopGroup open(int loops, int port) throws IOException {
        return new LoopGroup(
                loops,
                HERE,
                port,
                true,
                false,
                (mailbox, counters, place, bound) ->
                        new MediaEngine(
                                settings(),
                                mailbox,
                                PooledByteBufAllocator.DEFAULT,
                                new SecureRandom(),
                                counters,
                                place));
    }

    private static EngineSettings settings() {
        return new EngineSettings(
                new IdentityRotation(
                        new SecureRandom(), new WallClock(0), Duration.ofDays(1), SECOND),
                List.of(SrtpProfile.AEAD_AES_128_GCM),
                CipherProvider.bouncyCastle(),
                List.of(),
                new SessionTimeouts(SECOND, SECOND, SECOND),
                new SendSettings(
                        new EstimatorSettings(EstimationMode.HYBRID, 1_000_000, 50_000, 9_000_000),
                        PacerSettings.DEFAULT,
                        new BatchSettings(10, true)),
                10,
                new HandshakeBudget(10),
                true,
                true);
    }

    private static boolean canShare() {
        return Transport.best() == Transport.EPOLL;
    }

    private static long strangers(EngineLoop loop) {
        return loop.counters().dropped(DropReason.UNVALIDATED_ADDRESS).value();
    }

    @Test
    void datagramsOfManyClientsReachAllLoopsByOnePort() throws Exception {
        assumeThat(canShare()).isTrue();
        LoopGroup group = open(2, 0);
        List<DatagramSocket> clients = new ArrayList<>();
        try {
            int count = 60;
            for (int i = 0; i < count; i++) {
                var client = new DatagramSocket(0, HERE.getFirst());
                clients.add(client);
                client.send(
                        new DatagramPacket(STRANGE, STRANGE.length, HERE.getFirst(), group.port()));
            }
            EngineLoop first = group.loops().get(0);
            EngineLoop second = group.loops().get(1);
            while (strangers(first) + strangers(second) < count) {
                Thread.onSpinWait();
            }
            assertThat(strangers(first)).isPositive();
            assertThat(strangers(second)).isPositive();
        } finally {
            clients.forEach(DatagramSocket::close);
            group.shutdown(LIMIT);
        }
    }

    @Test
    void connectionsAreTakenByAllLoopsAndCountedTogether() throws Exception {
        assumeThat(canShare()).isTrue();
        LoopGroup group = open(2, 0);
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                clients.add(new Socket(HERE.getFirst(), group.port()));
            }
            while (group.tcpConnections() < 40) {
                Thread.onSpinWait();
            }
            assertThat(group.loops()).allMatch(loop -> loop.tcpConnections() > 0);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
            group.shutdown(LIMIT);
        }
    }

    @Test
    void aPortThatAnotherServerSharesAmongItsLoopsIsTaken() throws Exception {
        LoopGroup group = open(2, 0);
        try {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> open(2, group.port()))
                    .withMessageContaining("Cannot bind UDP")
                    .withMessageContaining(Integer.toString(group.port()));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> open(1, group.port()));
        } finally {
            group.shutdown(LIMIT);
        }
        LoopGroup next = open(2, group.port());
        assertThat(next.port()).isEqualTo(group.port());
        next.shutdown(LIMIT);
    }

    @Test
    void aLoopThatIsBusyHoldsNobodyElseUp() throws Exception {
        assumeThat(canShare()).isTrue();
        LoopGroup group = open(2, 0);
        var isBusy = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try {
            Thread.ofVirtual()
                    .start(
                            () ->
                                    group.loops()
                                            .get(0)
                                            .call(
                                                    (engine, now, out) -> {
                                                        isBusy.countDown();
                                                        return await(goOn);
                                                    }));
            isBusy.await();
            for (int i = 0; i < 1_000; i++) {
                group.loops().get(0).deliver((engine, now) -> {});
            }
            EngineSnapshot other = group.loops().get(1).snapshot();
            assertThat(other.streams()).isZero();
            assertThat(goOn.getCount()).isEqualTo(1);
        } finally {
            goOn.countDown();
            group.shutdown(LIMIT);
        }
    }

    /** Each loop's thread ends only once the other one was told to end, too. */
    @Test
    void allLoopsAreToldToEndBeforeAnyIsWaitedFor() throws Exception {
        assumeThat(canShare()).isTrue();
        LoopGroup group = open(2, 0);
        var told = new CountDownLatch(2);
        var metOthers = new ConcurrentLinkedQueue<Boolean>();
        for (EngineLoop loop : group.loops()) {
            atEndOf(
                    loop,
                    () -> {
                        told.countDown();
                        metOthers.add(await(told));
                    });
        }
        group.shutdown(LONGER_THAN_AWAIT);
        assertThat(metOthers).containsExactly(true, true);
    }

    private static void atEndOf(EngineLoop loop, Runnable last) {
        loop.call(
                (engine, now, out) -> {
                    var thread = (SingleThreadEventExecutor) ThreadExecutorMap.currentExecutor();
                    thread.addShutdownHook(last);
                    return true;
                });
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
