package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.srtp.dtls.DtlsEndpoint;
import dev.sluice.srtp.dtls.DtlsFailure;
import dev.sluice.srtp.dtls.DtlsOutput;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.KeyingMaterial;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A DTLS handshake with somebody who sends anything: a run of datagrams, each after its length. */
final class DtlsTargets {

    private static final CertificateIdentity IDENTITY =
            CertificateIdentity.generate(
                    new SecureRandom(), Instant.EPOCH, CertificateIdentity.DEFAULT_VALIDITY);

    private static final List<SrtpProfile> PROFILES = List.of(SrtpProfile.AEAD_AES_128_GCM);

    /** By the wall clock; a datagram is worked off in milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int LENGTH_BYTES = 2;
    private static final int MAX_DATAGRAMS = 32;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private DtlsTargets() {}

    static Map<String, FuzzTarget> all() {
        return Map.of("dtls-server", DtlsTargets::server, "dtls-client", DtlsTargets::client);
    }

    private static void server(byte[] input) {
        var results = new Results();
        drive(
                DtlsEndpoint.server(IDENTITY, IDENTITY.fingerprint(), PROFILES, results, 0),
                results,
                input);
    }

    private static void client(byte[] input) {
        var results = new Results();
        drive(
                DtlsEndpoint.client(IDENTITY, IDENTITY.fingerprint(), PROFILES, results, 0),
                results,
                input);
    }

    private static void drive(DtlsEndpoint endpoint, Results results, byte[] input) {
        ByteBuf all = Unpooled.wrappedBuffer(input);
        long now = 0;
        for (int i = 0; i < MAX_DATAGRAMS && all.readableBytes() > LENGTH_BYTES; i++) {
            int sizeBytes = Math.min(all.readUnsignedShort(), all.readableBytes());
            var _ = endpoint.onDatagram(all.readSlice(sizeBytes), now);
            hold(endpoint.awaitIdle(PATIENCE), "a datagram is worked off");
            now += STEP_NANOS;
            endpoint.onDeadline(now);
            hold(endpoint.awaitIdle(PATIENCE), "a deadline is worked off");
        }
        endpoint.close(now);
        hold(endpoint.awaitIdle(PATIENCE) && endpoint.isEnded(), "the thread ends");
        hold(results.count.get() == 1, "there is one result, not " + results.count);
    }

    private static final class Results implements DtlsOutput {

        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void transmit(byte[] datagram) {
            hold(datagram.length > 0, "no empty datagram is sent");
        }

        @Override
        public void connected(KeyingMaterial keys) {
            count.incrementAndGet();
        }

        @Override
        public void failed(DtlsFailure reason, String detail) {
            count.incrementAndGet();
        }

        @Override
        public void closed(String reason) {
            hold(count.get() == 1, "what was closed was connected");
        }
    }
}
