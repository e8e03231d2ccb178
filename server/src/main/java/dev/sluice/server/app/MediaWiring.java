package dev.sluice.server.app;

import dev.sluice.media.bwe.EstimationMode;
import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.ice.IceCandidate;
import dev.sluice.media.pacing.PacerSettings;
import dev.sluice.media.time.WallClock;
import dev.sluice.server.config.EstimationConfig;
import dev.sluice.server.config.LimitsConfig;
import dev.sluice.server.config.MediaConfig;
import dev.sluice.server.config.PacingConfig;
import dev.sluice.server.config.PublisherLeave;
import dev.sluice.server.config.SluiceConfig;
import dev.sluice.server.net.LocalAddresses;
import dev.sluice.server.net.LoopGroup;
import dev.sluice.server.net.RecyclingAllocator;
import dev.sluice.server.router.EngineSettings;
import dev.sluice.server.router.MediaEngine;
import dev.sluice.server.session.BatchSettings;
import dev.sluice.server.session.HandshakeBudget;
import dev.sluice.server.session.SendSettings;
import dev.sluice.server.session.SessionTimeouts;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.IdentityRotation;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.PooledByteBufAllocator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes the media loops out of the configuration. */
final class MediaWiring {

    /** RFC 7714's profiles first; the one that RFC 8827 demands for those who have no other. */
    private static final List<SrtpProfile> PROFILES =
            List.of(
                    SrtpProfile.AEAD_AES_128_GCM,
                    SrtpProfile.AEAD_AES_256_GCM,
                    SrtpProfile.AES_CM_128_HMAC_SHA1_80);

    private static final long BPS_PER_KBPS = 1_000;

    private MediaWiring() {}

    /**
     * Binds the media port on all loops.
     *
     * @throws StartException when an address, a name or the port cannot be used; nothing is left
     *     running
     */
    static LoopGroup startLoops(SluiceConfig config, CipherProvider ciphers) throws StartException {
        MediaConfig media = config.media();
        try {
            List<InetAddress> listen = listenAddresses(media);
            List<InetAddress> announced =
                    media.announce().isEmpty() ? listen : LocalAddresses.resolve(media.announce());
            SecureRandom random = new SecureRandom();
            HandshakeBudget handshakes = new HandshakeBudget(config.limits().maxHandshakes());
            return new LoopGroup(
                    loops(media),
                    listen,
                    media.port(),
                    media.tcp(),
                    media.realTime(),
                    (mailbox, counters, place, port) ->
                            new MediaEngine(
                                    settings(
                                            config,
                                            ciphers,
                                            identities(media, random),
                                            candidates(announced, port, media.tcp()),
                                            handshakes),
                                    mailbox,
                                    new RecyclingAllocator(PooledByteBufAllocator.DEFAULT),
                                    random,
                                    counters,
                                    place));
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static int loops(MediaConfig media) {
        return media.loops() == MediaConfig.AUTO_LOOPS
                ? Runtime.getRuntime().availableProcessors()
                : media.loops();
    }

    /** A loop's own: it makes a new certificate when the old one's time is over. */
    private static IdentityRotation identities(MediaConfig media, SecureRandom random) {
        return new IdentityRotation(
                random, wallClock(), media.certificateLifetime(), System.nanoTime());
    }

    private static WallClock wallClock() {
        long unixNanos = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        return new WallClock(unixNanos - System.nanoTime());
    }

    private static List<InetAddress> listenAddresses(MediaConfig media) throws IOException {
        return media.listen().isEmpty()
                ? LocalAddresses.all()
                : LocalAddresses.resolve(media.listen());
    }

    private static List<IceCandidate> candidates(
            List<InetAddress> announced, int port, boolean withTcp) {
        List<InetSocketAddress> addresses =
                announced.stream().map(a -> new InetSocketAddress(a, port)).toList();
        List<IceCandidate> candidates = new ArrayList<>(IceCandidate.hosts(addresses));
        if (withTcp) {
            candidates.addAll(IceCandidate.passiveTcpHosts(addresses));
        }
        return List.copyOf(candidates);
    }

    private static EngineSettings settings(
            SluiceConfig config,
            CipherProvider ciphers,
            IdentityRotation identities,
            List<IceCandidate> candidates,
            HandshakeBudget handshakes) {
        LimitsConfig limits = config.limits();
        return new EngineSettings(
                identities,
                PROFILES,
                ciphers,
                candidates,
                new SessionTimeouts(
                        limits.connectTimeout().toNanos(),
                        limits.handshakeTimeout().toNanos(),
                        limits.consentTimeout().toNanos()),
                sending(config.media()),
                limits.maxSessions(),
                handshakes,
                config.whep().waitForPublisher(),
                config.whep().onPublisherLeave() == PublisherLeave.END);
    }

    private static SendSettings sending(MediaConfig media) {
        EstimationConfig estimation = media.estimation();
        PacingConfig pacing = media.pacing();
        return new SendSettings(
                new EstimatorSettings(
                        switch (estimation.signal()) {
                            case HYBRID -> EstimationMode.HYBRID;
                            case DELAY -> EstimationMode.DELAY;
                            case LOSS -> EstimationMode.LOSS;
                        },
                        estimation.startKbps() * BPS_PER_KBPS,
                        estimation.minKbps() * BPS_PER_KBPS,
                        estimation.maxKbps() * BPS_PER_KBPS),
                new PacerSettings(
                        pacing.enabled(),
                        pacing.maxQueue().toNanos(),
                        pacing.burst().toNanos(),
                        pacing.burstPackets()),
                new BatchSettings(
                        media.batching().segmentation()
                                ? Math.min(pacing.burstPackets(), BatchSettings.MAX_SEGMENTS)
                                : 1,
                        media.batching().equalize()));
    }
}
