package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.session.DropReason;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A loop with a real socket, and much else to do. */
@Timeout(60)
class TurnTakingTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /** Looks like RTP of somebody whom no session knows. */
    private static final byte[] STRANGE = {(byte) 0x80, 96, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};

    private static final int MANY = 20_000;

    private LoopGroup group;
    private EngineLoop loop;
    private DatagramSocket client;

    @BeforeEach
    void open() throws IOException {
        group = LoopGroupTest.open(1, 0);
        loop = group.loops().getFirst();
        client = new DatagramSocket(0, HERE);
    }

    @AfterEach
    void close() {
        client.close();
        group.shutdown(Duration.ofSeconds(5));
    }

    private void send() {
        try {
            client.send(new DatagramPacket(STRANGE, STRANGE.length, HERE, group.port()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean hasTaken() {
        return loop.counters().dropped(DropReason.UNVALIDATED_ADDRESS).value() > 0;
    }

    /** Tells itself to go on, as often as it takes until the datagram was read. */
    private void goOn(int letters, CompletableFuture<Integer> done) {
        if (hasTaken() || letters == MANY) {
            done.complete(letters);
        } else {
            loop.deliver((engine, nowNanos) -> goOn(letters + 1, done));
        }
    }

    @Test
    void betweenTwoLettersToItselfALoopReadsItsSockets() {
        var done = new CompletableFuture<Integer>();
        loop.deliver(
                (engine, nowNanos) -> {
                    send();
                    goOn(0, done);
                });
        assertThat(done.join()).isLessThan(MANY / 2);
    }

    @Test
    void amongManyLettersOfOthersALoopReadsItsSockets() throws InterruptedException {
        var before = new AtomicInteger();
        var all = new CountDownLatch(MANY);
        for (int i = 0; i < MANY; i++) {
            boolean isFirst = i == 0;
            loop.deliver(
                    (engine, nowNanos) -> {
                        if (isFirst) {
                            send();
                        }
                        spin();
                        before.addAndGet(hasTaken() ? 0 : 1);
                        all.countDown();
                    });
        }
        all.await();
        assertThat(before.get()).isLessThan(MANY / 2);
    }

    /** So many of them take longer than a loop may do without its sockets. */
    private static void spin() {
        long endNanos = System.nanoTime() + 10_000;
        while (System.nanoTime() < endNanos) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aLetterThatFailsIsCountedAndTheLoopGoesOn() {
        var done = new CompletableFuture<Integer>();
        loop.deliver(
                (engine, nowNanos) -> {
                    throw new IllegalStateException("a defect");
                });
        loop.deliver((engine, nowNanos) -> done.complete(1));
        assertThat(done.join()).isOne();
        assertThat(loop.counters().dropped(DropReason.DEFECT).value()).isOne();
    }
}
