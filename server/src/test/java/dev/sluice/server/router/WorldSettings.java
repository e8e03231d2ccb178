package dev.sluice.server.router;

import dev.sluice.media.bwe.EstimationMode;
import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.ice.IceCandidate;
import dev.sluice.media.pacing.PacerSettings;
import dev.sluice.media.time.WallClock;
import dev.sluice.server.session.BatchSettings;
import dev.sluice.server.session.HandshakeBudget;
import dev.sluice.server.session.SendSettings;
import dev.sluice.server.session.SessionTimeouts;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.IdentityRotation;
import dev.sluice.srtp.keys.SrtpProfile;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the engines and peers of a world are set to. */
final class WorldSettings {

    static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.1", 8081);

    static final long CONNECT_NANOS = 30_000_000_000L;
    static final long HANDSHAKE_NANOS = 10_000_000_000L;
    static final long CONSENT_NANOS = 30_000_000_000L;

    /** Negative, as the monotonic clock of a real machine may be. */
    static final long START_NANOS = -12_345_678_901_234L;

    /** How long the server gives one certificate to new sessions. */
    static final Duration CERTIFICATE_LIFETIME = Duration.ofHours(1);

    static final CertificateIdentity PEER_IDENTITY = identity();

    static final List<SrtpProfile> PROFILES =
            List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES_CM_128_HMAC_SHA1_80);

    static final SendSettings SENDING =
            new SendSettings(
                    new EstimatorSettings(EstimationMode.HYBRID, 1_000_000, 50_000, 100_000_000),
                    PacerSettings.DEFAULT,
                    new BatchSettings(10, true));

    private WorldSettings() {}

    /** A hundred sessions and handshakes; viewers neither wait for a publisher nor outlast him. */
    static EngineSettings settings() {
        return settings(100, 100, false, true);
    }

    /** The same for a local network: media leaves at once, and much of it from the start. */
    static EngineSettings unpaced() {
        var estimation =
                new EstimatorSettings(EstimationMode.HYBRID, 20_000_000, 50_000, 100_000_000);
        var sending = new SendSettings(estimation, PacerSettings.OFF, SENDING.batching());
        return settings(100, 100, false, true, sending);
    }

    /** As {@link #settings()}, but with another time for a handshake. */
    static EngineSettings withHandshakeNanos(long handshakeNanos) {
        var timeouts = new SessionTimeouts(CONNECT_NANOS, handshakeNanos, CONSENT_NANOS);
        return settings(100, 100, false, true, SENDING, timeouts);
    }

    static EngineSettings settings(
            int maxSessions, int maxHandshakes, boolean waits, boolean endsViewers) {
        return settings(maxSessions, maxHandshakes, waits, endsViewers, SENDING);
    }

    private static EngineSettings settings(
            int maxSessions,
            int maxHandshakes,
            boolean waits,
            boolean endsViewers,
            SendSettings sending) {
        var timeouts = new SessionTimeouts(CONNECT_NANOS, HANDSHAKE_NANOS, CONSENT_NANOS);
        return settings(maxSessions, maxHandshakes, waits, endsViewers, sending, timeouts);
    }

    private static EngineSettings settings(
            int maxSessions,
            int maxHandshakes,
            boolean waits,
            boolean endsViewers,
            SendSettings sending,
            SessionTimeouts timeouts) {
        return new EngineSettings(
                new IdentityRotation(
                        new SecureRandom(), new WallClock(0), CERTIFICATE_LIFETIME, START_NANOS),
                PROFILES,
                CipherProvider.bouncyCastle(),
                IceCandidate.hosts(List.of(SERVER)),
                timeouts,
                sending,
                maxSessions,
                new HandshakeBudget(maxHandshakes),
                waits,
                endsViewers);
    }

    private static CertificateIdentity identity() {
        return CertificateIdentity.generate(
                new SecureRandom(), Instant.EPOCH, CertificateIdentity.DEFAULT_VALIDITY);
    }
}
