package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.Delivery;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.sim.SimulatedNetwork;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.time.Duration;

/** A client and a server on a simulated network, in virtual time; somebody may sit in between. */
final class NetworkedPair {

    private static final String CLIENT = "client";
    private static final String SERVER = "server";

    /** By the wall clock; only a hanging endpoint ever needs it. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final RecordedOutput clientOutput = new RecordedOutput();
    final RecordedOutput serverOutput = new RecordedOutput();
    final DtlsEndpoint client;
    final DtlsEndpoint server;
    private final SimulatedNetwork<String> network;

    /** Somebody on the way, who sees and may change each datagram and may send others. */
    interface Stranger {

        void meets(ByteBuf datagram, String to);
    }

    Stranger stranger = (datagram, to) -> {};

    long nowNanos;

    NetworkedPair(long seed, LinkConditions conditions) {
        network = new SimulatedNetwork<>(seed, conditions);
        server =
                DtlsEndpoint.server(
                        DtlsLink.SERVER,
                        DtlsLink.CLIENT.fingerprint(),
                        DtlsLink.PROFILES,
                        serverOutput,
                        0);
        client =
                DtlsEndpoint.client(
                        DtlsLink.CLIENT,
                        DtlsLink.SERVER.fingerprint(),
                        DtlsLink.PROFILES,
                        clientOutput,
                        0);
    }

    /** Until nothing is under way and neither side waits for time to pass. */
    void drive() {
        for (long next = next(); next != Deadline.NEVER; next = next()) {
            nowNanos = Math.max(nowNanos, next);
            for (Delivery<String> delivery : network.poll(nowNanos)) {
                var _ = endpoint(delivery.to()).onDatagram(delivery.datagram(), nowNanos);
                awaitIdle();
            }
            client.onDeadline(nowNanos);
            server.onDeadline(nowNanos);
        }
    }

    private long next() {
        awaitIdle();
        take(clientOutput, CLIENT, SERVER);
        take(serverOutput, SERVER, CLIENT);
        return Math.min(
                network.nextDeliveryNanos(),
                Math.min(client.nextDeadlineNanos(), server.nextDeadlineNanos()));
    }

    private void take(RecordedOutput output, String from, String to) {
        for (byte[] next = output.datagrams.poll(); next != null; next = output.datagrams.poll()) {
            ByteBuf datagram = Unpooled.wrappedBuffer(next);
            stranger.meets(datagram, to);
            network.send(from, to, datagram, nowNanos);
        }
    }

    /** Puts a datagram of a stranger's on the network. */
    void inject(ByteBuf datagram, String to) {
        network.send(to.equals(SERVER) ? CLIENT : SERVER, to, datagram, nowNanos);
    }

    private DtlsEndpoint endpoint(String name) {
        return name.equals(CLIENT) ? client : server;
    }

    void awaitIdle() {
        assertThat(client.awaitIdle(PATIENCE)).isTrue();
        assertThat(server.awaitIdle(PATIENCE)).isTrue();
    }

    /** Datagrams that were sent, lost ones among them. */
    long sentDatagrams() {
        return network.sent();
    }

    boolean isConnected() {
        return clientOutput.keys != null && serverOutput.keys != null;
    }

    /** Closes both sides and holds them to have ended with their threads. */
    void close() {
        client.close(nowNanos);
        server.close(nowNanos);
        awaitIdle();
        Threads.assertEnded(client);
        Threads.assertEnded(server);
    }
}
