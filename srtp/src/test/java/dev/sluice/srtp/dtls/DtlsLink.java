package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.time.Deadline;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.Unpooled;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntPredicate;

/** A client and a server with a link between them, in virtual time. */
final class DtlsLink {

    static final CertificateIdentity CLIENT = identity();
    static final CertificateIdentity SERVER = identity();
    static final List<SrtpProfile> PROFILES =
            List.of(
                    SrtpProfile.AEAD_AES_128_GCM,
                    SrtpProfile.AEAD_AES_256_GCM,
                    SrtpProfile.AES_CM_128_HMAC_SHA1_80);

    /** By the wall clock; only a hanging endpoint ever needs it. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long ONE_WAY_DELAY_NANOS = 5_000_000;

    final RecordedOutput clientOutput = new RecordedOutput();
    final RecordedOutput serverOutput = new RecordedOutput();
    final DtlsEndpoint client;
    final DtlsEndpoint server;
    long nowNanos;

    /** How many datagrams were put on the link, lost ones among them. */
    int sentDatagrams;

    /** Tells by a datagram's number, from 0, whether it is lost. */
    IntPredicate isLost = number -> false;

    DtlsLink() {
        this(PROFILES, PROFILES, CLIENT.fingerprint(), SERVER.fingerprint());
    }

    DtlsLink(
            List<SrtpProfile> clientProfiles,
            List<SrtpProfile> serverProfiles,
            DtlsFingerprint expectedClient,
            DtlsFingerprint expectedServer) {
        server = DtlsEndpoint.server(SERVER, expectedClient, serverProfiles, serverOutput, 0);
        client = DtlsEndpoint.client(CLIENT, expectedServer, clientProfiles, clientOutput, 0);
    }

    DtlsLink(DtlsClientRole role, DtlsNegotiation negotiation) {
        server = DtlsEndpoint.server(SERVER, CLIENT.fingerprint(), PROFILES, serverOutput, 0);
        client =
                DtlsEndpoint.client(
                        role, negotiation, DtlsEndpoint.HANDSHAKE_TIMEOUT_NANOS, clientOutput, 0);
    }

    /** Until nothing is under way and neither side waits for time to pass, or until the limit. */
    void drive(long limitNanos) {
        while (nowNanos < limitNanos) {
            if (exchange()) {
                continue;
            }
            long next = Math.min(client.nextDeadlineNanos(), server.nextDeadlineNanos());
            if (next == Deadline.NEVER) {
                return;
            }
            nowNanos = Math.max(nowNanos, next);
            client.onDeadline(nowNanos);
            server.onDeadline(nowNanos);
        }
    }

    void drive() {
        drive(Duration.ofSeconds(60).toNanos());
    }

    void awaitIdle() {
        assertThat(client.awaitIdle(PATIENCE)).isTrue();
        assertThat(server.awaitIdle(PATIENCE)).isTrue();
    }

    private boolean exchange() {
        awaitIdle();
        boolean any = !clientOutput.datagrams.isEmpty() || !serverOutput.datagrams.isEmpty();
        if (any) {
            nowNanos += ONE_WAY_DELAY_NANOS;
            List<byte[]> fromClient = takeAll(clientOutput);
            List<byte[]> fromServer = takeAll(serverOutput);
            fromClient.forEach(datagram -> deliver(datagram, server));
            fromServer.forEach(datagram -> deliver(datagram, client));
        }
        return any;
    }

    private void deliver(byte[] datagram, DtlsEndpoint to) {
        assertThat(datagram.length).isLessThanOrEqualTo(DtlsEndpoint.MAX_SENT_DATAGRAM_SIZE_BYTES);
        if (!isLost.test(sentDatagrams++)) {
            to.onDatagram(Unpooled.wrappedBuffer(datagram), nowNanos);
        }
    }

    private static List<byte[]> takeAll(RecordedOutput output) {
        List<byte[]> all = List.copyOf(output.datagrams);
        output.datagrams.clear();
        return all;
    }

    static CertificateIdentity identity() {
        return CertificateIdentity.generate(
                new SecureRandom(), Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(30));
    }
}
