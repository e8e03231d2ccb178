package dev.sluice.load.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.load.client.WatchingClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;

@Timeout(60)
class ClientLoopTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** RTP of version 2, without keys of anybody. */
    private static final byte[] PACKET = new byte[22];

    static {
        PACKET[0] = (byte) 0x80;
        PACKET[1] = 0x60;
    }

    /** Wall clock and monotonic clock are read one after the other. */
    private static final long READING_NANOS = 1_000_000;

    private static final long BUSY_NANOS = 3 * READING_NANOS;

    /** The kernel begins to stamp a moment after the first socket has asked for it. */
    private static final int MAX_TRIES = 2_000;

    private final ClientLoop loop = new ClientLoop("test", System::nanoTime);

    @AfterEach
    void close() {
        loop.close();
    }

    /**
     * @param beforeNanos before it was sent
     * @param sentNanos after it was sent, and was in the client's socket
     * @param cameNanos when it came, as the client was told
     */
    private record Exchange(long beforeNanos, long sentNanos, long cameNanos) {

        /** The loop was not free to read it before. */
        boolean isTimeOfReading() {
            return cameNanos >= sentNanos + BUSY_NANOS;
        }
    }

    @Test
    void whatComesWhileTheLoopIsBusyCameWhenTheKernelTookItIn() throws Exception {
        var address = new AtomicReference<InetSocketAddress>();
        ClientHandle<WatchingClient> viewer = TestViewers.open(loop, address, wire -> wire);
        try (var server = new DatagramSocket(0, LOOPBACK)) {
            var packet = new DatagramPacket(PACKET, PACKET.length, address.get());
            Exchange exchange = exchange(viewer, server, packet);
            for (int i = 0; i < MAX_TRIES && exchange.isTimeOfReading(); i++) {
                exchange = exchange(viewer, server, packet);
            }

            assertThat(exchange.cameNanos())
                    .isBetween(
                            exchange.beforeNanos() - READING_NANOS,
                            exchange.sentNanos() + READING_NANOS);
        }
        viewer.leave();
    }

    private static Exchange exchange(
            ClientHandle<WatchingClient> viewer, DatagramSocket server, DatagramPacket packet) {
        long lastNanos = viewer.ask(WatchingClient::lastMediaNanos);
        long beforeNanos = System.nanoTime();
        long sentNanos = viewer.ask(_ -> sendAndBeBusy(server, packet));
        long cameNanos = lastNanos;
        while (cameNanos == lastNanos) {
            cameNanos = viewer.ask(WatchingClient::lastMediaNanos);
        }
        return new Exchange(beforeNanos, sentNanos, cameNanos);
    }

    private static long sendAndBeBusy(DatagramSocket server, DatagramPacket packet) {
        try {
            server.send(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long sentNanos = System.nanoTime();
        while (System.nanoTime() - sentNanos < BUSY_NANOS) {
            Thread.onSpinWait();
        }
        return sentNanos;
    }
}
