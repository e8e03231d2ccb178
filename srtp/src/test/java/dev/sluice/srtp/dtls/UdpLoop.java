package dev.sluice.srtp.dtls;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.srtp.dtls.CookieVerifier.Verdict;
import dev.sluice.srtp.keys.KeyingMaterial;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Carries an endpoint's datagrams over a loopback socket, in real time. */
final class UdpLoop implements DtlsOutput, AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int POLL_MILLIS = 10;

    final RecordedOutput recorded = new RecordedOutput();
    private final DatagramSocket socket;
    private volatile @Nullable SocketAddress peer;
    private final AtomicInteger sentDatagrams = new AtomicInteger();
    private int receivedDatagrams;
    private int refusedDatagrams;

    UdpLoop() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(POLL_MILLIS);
    }

    int port() {
        return socket.getLocalPort();
    }

    int sentDatagrams() {
        return sentDatagrams.get();
    }

    int receivedDatagrams() {
        return receivedDatagrams;
    }

    void peer(int port) {
        peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * Hands datagrams and the time to the endpoint until the condition holds; false when it takes
     * too long.
     */
    boolean runUntil(DtlsEndpoint endpoint, BooleanSupplier condition) throws IOException {
        long start = System.nanoTime();
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                return false;
            }
            try {
                socket.receive(packet);
                receivedDatagrams++;
                peer = packet.getSocketAddress();
                byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
                var _ = endpoint.onDatagram(Unpooled.wrappedBuffer(datagram), System.nanoTime());
            } catch (SocketTimeoutException e) {
                endpoint.onDeadline(System.nanoTime());
            }
        }
        return true;
    }

    /** Asks the first client that comes for a cookie, and makes the endpoint that serves it. */
    DtlsEndpoint accept(CookieVerifier verifier, Supplier<DtlsEndpoint> serverAfterCookie)
            throws IOException {
        long start = System.nanoTime();
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (System.nanoTime() - start < PATIENCE_NANOS) {
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                continue;
            }
            peer = packet.getSocketAddress();
            ByteBuf datagram = Unpooled.copiedBuffer(packet.getData(), 0, packet.getLength());
            byte[] address = packet.getSocketAddress().toString().getBytes(UTF_8);
            switch (verifier.verify(datagram, address, System.nanoTime())) {
                case Verdict.Refused() -> refusedDatagrams++;
                case Verdict.Challenge(byte[] helloVerifyRequest) -> transmit(helloVerifyRequest);
                case Verdict.Accepted() -> {
                    DtlsEndpoint endpoint = serverAfterCookie.get();
                    var _ = endpoint.onDatagram(datagram, System.nanoTime());
                    return endpoint;
                }
            }
        }
        throw new AssertionError("nobody brought a cookie");
    }

    int refusedDatagrams() {
        return refusedDatagrams;
    }

    @Override
    public void transmit(byte[] datagram) {
        sentDatagrams.incrementAndGet();
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, peer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void connected(KeyingMaterial keys) {
        recorded.connected(keys);
    }

    @Override
    public void failed(DtlsFailure reason, String detail) {
        recorded.failed(reason, detail);
    }

    @Override
    public void closed(String reason) {
        recorded.closed(reason);
    }

    @Override
    public void close() {
        socket.close();
    }
}
