package dev.sluice.load.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.load.client.ClientFailure;
import dev.sluice.load.client.ClientWire;
import dev.sluice.load.client.ClientWorld;
import dev.sluice.load.client.FailureReason;
import dev.sluice.load.client.ViewerSettings;
import dev.sluice.load.client.WatchingClient;
import dev.sluice.load.count.Verification;
import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.rtp.Codec;
import dev.sluice.media.sdp.AnswerPolicy;
import dev.sluice.media.sdp.DescriptionType;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.media.sdp.Negotiation;
import dev.sluice.media.sdp.NegotiationResult;
import dev.sluice.media.sdp.NegotiationStep;
import dev.sluice.media.sdp.SdpParseException;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.time.WallClock;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** One client has a defect; the others of its loop go on. */
@Timeout(60)
class FailingClientTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** More than a client sends without a timer. */
    private static final int CHECKS = 3;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CertificateIdentity IDENTITY =
            CertificateIdentity.generate(RANDOM, Instant.EPOCH, Duration.ofDays(1));

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
        var world =
                new ClientWorld(
                        IDENTITY,
                        List.of(SrtpProfile.AEAD_AES_128_GCM),
                        UnpooledByteBufAllocator.DEFAULT,
                        RANDOM,
                        new WallClock(0),
                        1);
        var settings = new ViewerSettings(List.of(Codec.VP8), 0, Verification.FULL, false);
        return loop.open(
                LOOPBACK,
                LOOPBACK,
                (wire, local) ->
                        new WatchingClient(
                                world,
                                wiring.apply(wire),
                                local,
                                settings,
                                new SplittableRandom(1),
                                _ -> {}));
    }

    /** Of a server with an ICE-lite agent at this port. */
    private static String answer(ClientHandle<WatchingClient> viewer, int port)
            throws SdpParseException {
        SessionDescription offer = SessionDescription.parse(viewer.client().offer());
        IceCredentials ice = IceCredentials.random(RANDOM);
        var policy =
                new AnswerPolicy(
                        AnswerPolicy.Role.SEND,
                        1,
                        ice.ufrag(),
                        ice.password(),
                        List.of("1 1 udp 2130706431 127.0.0.1 " + port + " typ host"),
                        IDENTITY.fingerprint().toSdp(),
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
