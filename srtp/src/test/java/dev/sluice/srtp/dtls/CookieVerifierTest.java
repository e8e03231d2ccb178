package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.dtls.CookieVerifier.Verdict;
import dev.sluice.srtp.keys.KeyingMaterial;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

class CookieVerifierTest {

    private static final byte[] ADDRESS = {(byte) 192, 0, 2, 1, 0x1F, (byte) 0x90};
    private static final byte[] ANOTHER = {(byte) 192, 0, 2, 2, 0x1F, (byte) 0x90};
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LIFETIME = CookieVerifier.SECRET_LIFETIME_NANOS;

    private final CookieVerifier verifier = new CookieVerifier(new Random(1), 0);
    private final RecordedOutput clientOutput = new RecordedOutput();
    private final RecordedOutput serverOutput = new RecordedOutput();

    @ParameterizedTest
    @ValueSource(ints = {1, TestHello.POST_QUANTUM_BYTES})
    void aClientThatBringsItsCookieBackIsServed(int keyShareBytes) {
        DtlsEndpoint client = client(keyShareBytes);
        DtlsEndpoint server = serve(client, takeAll());

        assertConnects(client, server);
    }

    @ParameterizedTest
    @ValueSource(ints = {120, 333, 700})
    void aHelloInFragmentsIsChallengedByItsFirstAndPutTogetherAfterIt(int sizeBytes) {
        DtlsEndpoint client = client(TestHello.POST_QUANTUM_BYTES);
        byte[] challenged = TestHello.message(challenge(client), 1);
        List<byte[]> fragments =
                new ArrayList<>(TestHello.fragments(challenged, sizeBytes, 1_000_000_000_000L));
        DtlsEndpoint server = begin(fragments.getFirst());
        List<byte[]> rest = new ArrayList<>(fragments.subList(1, fragments.size()));
        Collections.shuffle(rest, new Random(sizeBytes));
        rest.forEach(datagram -> give(server, datagram));

        assertConnects(client, server);
    }

    /** RFC 6347 section 4.2.1: so that a client that looks for replays takes it. */
    @Test
    void theServersFirstRecordHasTheNumberOfTheHello() {
        DtlsEndpoint client = client(1);
        byte[] challenged = TestHello.message(challenge(client), 1);
        DtlsEndpoint server =
                begin(TestHello.fragment(challenged, 0, challenged.length - 12, 0x1234_5678_9ABCL));

        ByteBuf flight = Unpooled.wrappedBuffer(takeFirst(serverOutput));
        assertThat(RecordHeader.sequence(flight, 0)).isEqualTo(0x1234_5678_9ABCL);
        assertThat(MessageHeader.sequence(flight, RecordHeader.SIZE_BYTES)).isEqualTo(1);
        client.close(0);
        server.close(0);
    }

    @Test
    void laterFragmentsAreNotKeptBeforeTheCookie() {
        DtlsEndpoint client = client(TestHello.POST_QUANTUM_BYTES);
        List<byte[]> hello = TestHello.fragments(TestHello.message(takeAll(), 0), 300, 0);

        assertThat(verify(hello.get(1), ADDRESS, 0)).isInstanceOf(Verdict.Refused.class);
        assertThat(verify(hello.get(0), ADDRESS, 0)).isInstanceOf(Verdict.Challenge.class);
        // Too short for its cookie to be seen.
        byte[] tiny = TestHello.fragments(TestHello.message(hello, 0), 30, 0).getFirst();
        assertThat(verify(tiny, ADDRESS, 0)).isInstanceOf(Verdict.Refused.class);
        client.close(0);
    }

    @Test
    void aCookieIsGoodForItsAddressAndHelloOnly() {
        DtlsEndpoint client = client(1);
        byte[] hello = Objects.requireNonNull(challenge(client).peek());

        assertThat(verify(hello, ADDRESS, 0)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(hello, ANOTHER, 0)).isInstanceOf(Verdict.Challenge.class);
        for (int i = 25; i < 25 + 2 + 32; i++) {
            byte[] other = hello.clone();
            other[i] ^= 1;
            assertThat(verify(other, ADDRESS, 0)).isInstanceOf(Verdict.Challenge.class);
        }
        client.close(0);
    }

    @Test
    void aCookieIsGoodForOneChangeOfTheSecret() {
        DtlsEndpoint client = client(1);
        byte[] hello = Objects.requireNonNull(challenge(client).peek());

        assertThat(verify(hello, ADDRESS, LIFETIME - 1)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(hello, ADDRESS, LIFETIME)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(hello, ADDRESS, 2 * LIFETIME)).isInstanceOf(Verdict.Challenge.class);
        client.close(0);
    }

    @Test
    void afterALongSilenceNoOldCookieIsGood() {
        DtlsEndpoint client = client(1);
        byte[] hello = Objects.requireNonNull(challenge(client).peek());

        assertThat(verify(hello, ADDRESS, 2 * LIFETIME)).isInstanceOf(Verdict.Challenge.class);
        client.close(0);
    }

    @Property(seed = "7")
    void noAnswerIsLargerThanWhatItAnswers(@ForAll @Size(max = 400) byte[] bytes) {
        checkAmplification(bytes);
        byte[] hello = new byte[Math.max(bytes.length, 25 + 2 + 32 + 2)];
        System.arraycopy(bytes, 0, hello, 0, bytes.length);
        ByteBuf buffer = Unpooled.wrappedBuffer(hello).writerIndex(0);
        int body = hello.length - RecordHeader.SIZE_BYTES - MessageHeader.SIZE_BYTES;
        RecordHeader.write(buffer, RecordHeader.HANDSHAKE, 0xFEFD, MessageHeader.SIZE_BYTES + body);
        MessageHeader.write(buffer, MessageHeader.CLIENT_HELLO, body, 0, 0, body);
        checkAmplification(hello);
    }

    private void checkAmplification(byte[] datagram) {
        if (verify(datagram, ADDRESS, 0) instanceof Verdict.Challenge(byte[] answer)) {
            assertThat(answer.length).isLessThan(datagram.length);
        }
    }

    private Verdict verify(byte[] datagram, byte[] address, long nowNanos) {
        return verifier.verify(Unpooled.wrappedBuffer(datagram), address, nowNanos);
    }

    private DtlsEndpoint client(int keyShareBytes) {
        DtlsNegotiation negotiation = TestHello.negotiation();
        DtlsEndpoint client =
                DtlsEndpoint.client(
                        TestHello.offering13(negotiation, keyShareBytes),
                        negotiation,
                        DtlsEndpoint.HANDSHAKE_TIMEOUT_NANOS,
                        clientOutput,
                        0);
        assertThat(client.awaitIdle(PATIENCE)).isTrue();
        return client;
    }

    /** The datagrams that the client sends when it was asked for a cookie. */
    private java.util.Queue<byte[]> challenge(DtlsEndpoint client) {
        byte[] hello = takeFirst(clientOutput);
        clientOutput.datagrams.clear();
        Verdict verdict = verify(hello, ADDRESS, 0);
        assertThat(verdict).isInstanceOf(Verdict.Challenge.class);
        give(client, ((Verdict.Challenge) verdict).helloVerifyRequest());
        return clientOutput.datagrams;
    }

    private static byte[] takeFirst(RecordedOutput output) {
        return Objects.requireNonNull(output.datagrams.peek());
    }

    private List<byte[]> takeAll() {
        List<byte[]> all = List.copyOf(clientOutput.datagrams);
        clientOutput.datagrams.clear();
        return all;
    }

    /** The way of a server without state: until the cookie has come nothing is kept. */
    private DtlsEndpoint serve(DtlsEndpoint client, Collection<byte[]> hello) {
        for (byte[] datagram : hello) {
            if (verify(datagram, ADDRESS, 0) instanceof Verdict.Challenge(byte[] answer)) {
                give(client, answer);
            }
        }
        List<byte[]> challenged = takeAll();
        DtlsEndpoint server = begin(challenged.getFirst());
        challenged.subList(1, challenged.size()).forEach(datagram -> give(server, datagram));
        return server;
    }

    private DtlsEndpoint begin(byte[] datagram) {
        clientOutput.datagrams.clear();
        assertThat(verify(datagram, ADDRESS, 0)).isInstanceOf(Verdict.Accepted.class);
        DtlsEndpoint server =
                DtlsEndpoint.serverAfterCookie(
                        DtlsLink.SERVER,
                        DtlsLink.CLIENT.fingerprint(),
                        DtlsLink.PROFILES,
                        serverOutput,
                        0);
        give(server, datagram);
        return server;
    }

    private static void give(DtlsEndpoint endpoint, byte[] datagram) {
        assertThat(endpoint.onDatagram(Unpooled.wrappedBuffer(datagram), 0))
                .isEqualTo(DtlsStatus.OK);
        assertThat(endpoint.awaitIdle(PATIENCE)).isTrue();
    }

    private void assertConnects(DtlsEndpoint client, DtlsEndpoint server) {
        while (!clientOutput.datagrams.isEmpty() || !serverOutput.datagrams.isEmpty()) {
            for (byte[] next = serverOutput.datagrams.poll();
                    next != null;
                    next = serverOutput.datagrams.poll()) {
                give(client, next);
            }
            for (byte[] next = clientOutput.datagrams.poll();
                    next != null;
                    next = clientOutput.datagrams.poll()) {
                give(server, next);
            }
        }
        KeyingMaterial clientKeys = Objects.requireNonNull(clientOutput.keys);
        KeyingMaterial serverKeys = Objects.requireNonNull(serverOutput.keys);
        assertThat(clientKeys.local()).isEqualTo(serverKeys.remote());
        client.close(1);
        server.close(1);
        Threads.assertEnded(client);
        Threads.assertEnded(server);
    }
}
