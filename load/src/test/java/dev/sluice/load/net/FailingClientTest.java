package dev.sluice.load.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import dev.sluice.load.client.ClientFailure;
import dev.sluice.load.client.ClientWire;
import dev.sluice.load.client.FailureReason;
import dev.sluice.load.client.TestClients;
import dev.sluice.load.client.WatchingClient;
import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.sdp.AnswerPolicy;
import dev.sluice.media.sdp.DescriptionType;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.media.sdp.MediaDescription;
import dev.sluice.media.sdp.Negotiation;
import dev.sluice.media.sdp.NegotiationResult;
import dev.sluice.media.sdp.NegotiationStep;
import dev.sluice.media.sdp.SdpParseException;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunIntegrity;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** One client has a defect; the others of its loop go on. */
@Timeout(60)
class FailingClientTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** More than a client sends without a timer. */
    private static final int CHECKS = 3;

    private static final LocalTrack TRACK = new LocalTrack("stream", "track", 1, 2, "server");

    private final ClientLoop loop = new ClientLoop("test");

    @AfterEach
    void close() {
        loop.close();
    }

    /** Fails to send, as one does for whom there is no memory left. */
    private static final class Defective implements ClientWire {

        private final ClientWire wire;

        Defective(ClientWire wire) {
            this.wire = wire;
        }

        @Override
        public void send(ByteBuf datagram, InetSocketAddress remote) {
            datagram.release();
            throw new AssertionError("on purpose");
        }

        @Override
        public void post(Task task) {
            wire.post(task);
        }
    }

    @Test
    void anErrorOfOneClientStopsNoTimerOfAnother() throws Exception {
        try (var server = new DatagramSocket(0, LOOPBACK)) {
            server.setSoTimeout((int) PATIENCE.toMillis());
            ClientHandle<WatchingClient> failing = viewer(Defective::new);
            failing.answer(answer(failing, server.getLocalPort()));
            assertThat(failing.client().joined())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("on purpose");
            ClientHandle<WatchingClient> sound = viewer(wire -> wire);
            sound.answer(answer(sound, server.getLocalPort()));
            for (int i = 0; i < CHECKS; i++) {
                server.receive(new DatagramPacket(new byte[1_500], 1_500));
            }

            assertThat(failing.<@Nullable ClientFailure>ask(WatchingClient::failure))
                    .extracting(ClientFailure::reason)
                    .isEqualTo(FailureReason.LOCAL);
            assertThat(sound.<@Nullable ClientFailure>ask(WatchingClient::failure)).isNull();
        }
    }

    @Test
    void anErrorOfOneClientStopsNoDatagramOfAnother() throws Exception {
        try (var server = new DatagramSocket(0, LOOPBACK)) {
            server.setSoTimeout((int) PATIENCE.toMillis());
            var address = new AtomicReference<InetSocketAddress>();
            ClientHandle<WatchingClient> failing = viewer(address, Defective::new);
            server.send(check(failing, address));
            assertThat(failing.client().joined())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("on purpose");

            ClientHandle<WatchingClient> sound = viewer(address, wire -> wire);
            server.send(check(sound, address));
            server.receive(new DatagramPacket(new byte[1_500], 1_500));
            assertThat(sound.<@Nullable ClientFailure>ask(WatchingClient::failure)).isNull();
        }
    }

    /** An authentic check of ICE, which a client answers at once. */
    private static DatagramPacket check(
            ClientHandle<WatchingClient> viewer, AtomicReference<InetSocketAddress> address)
            throws SdpParseException {
        MediaDescription offered =
                SessionDescription.parse(viewer.client().offer()).media().getFirst();
        String ufrag = offered.attributes().first("ice-ufrag").orElseThrow();
        String password = offered.attributes().first("ice-pwd").orElseThrow();
        ByteBuf check = Unpooled.buffer();
        StunWriter.begin(
                        check,
                        StunClass.REQUEST,
                        StunMessage.BINDING,
                        new byte[StunMessage.TRANSACTION_ID_SIZE_BYTES])
                .username(ufrag + ":server")
                .priority(1)
                .iceControlled(1)
                .messageIntegrity(StunIntegrity.ofPassword(password))
                .fingerprint();
        return new DatagramPacket(
                ByteBufUtil.getBytes(check), check.readableBytes(), requireNonNull(address.get()));
    }

    @Test
    void aClientThatCannotBeMadeLeavesNoSocketOpen() throws Exception {
        var address = new AtomicReference<InetSocketAddress>();
        assertThatThrownBy(
                        () ->
                                loop.<WatchingClient>open(
                                        LOOPBACK,
                                        LOOPBACK,
                                        (_, local) -> {
                                            address.set(local);
                                            throw new IllegalArgumentException("on purpose");
                                        }))
                .hasRootCauseMessage("on purpose");
        try (var next = new DatagramSocket(address.get())) {
            assertThat(next.isBound()).isTrue();
        }
    }

    private ClientHandle<WatchingClient> viewer(UnaryOperator<ClientWire> wiring)
            throws IOException {
        return viewer(new AtomicReference<>(), wiring);
    }

    private ClientHandle<WatchingClient> viewer(
            AtomicReference<InetSocketAddress> address, UnaryOperator<ClientWire> wiring)
            throws IOException {
        return TestViewers.open(loop, address, wiring);
    }

    /** Of a server with an ICE-lite agent at this port. */
    private static String answer(ClientHandle<WatchingClient> viewer, int port)
            throws SdpParseException {
        SessionDescription offer = SessionDescription.parse(viewer.client().offer());
        IceCredentials ice = IceCredentials.random(TestClients.RANDOM);
        var policy =
                new AnswerPolicy(
                        AnswerPolicy.Role.SEND,
                        1,
                        ice.ufrag(),
                        ice.password(),
                        List.of("1 1 udp 2130706431 127.0.0.1 " + port + " typ host"),
                        TestClients.IDENTITY.fingerprint().toSdp(),
                        List.of(),
                        offer.media().stream().map(_ -> TRACK).toList());
        if (Negotiation.begin().remote(DescriptionType.OFFER, offer)
                        instanceof NegotiationStep.Taken taken
                && taken.next().createAnswer(policy)
                        instanceof NegotiationResult.Negotiated negotiated) {
            return negotiated.answer().write();
        }
        throw new AssertionError("not answered: " + offer.write());
    }
}
