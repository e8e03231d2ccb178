package dev.sluice.server.app;

import dev.sluice.media.bwe.EstimationMode;
import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.ice.IceCandidate;
import dev.sluice.media.pacing.PacerSettings;
import dev.sluice.media.time.WallClock;
import dev.sluice.server.config.ControlAccess;
import dev.sluice.server.config.EstimationConfig;
import dev.sluice.server.config.LimitsConfig;
import dev.sluice.server.config.MediaConfig;
import dev.sluice.server.config.OpenAccess;
import dev.sluice.server.config.PacingConfig;
import dev.sluice.server.config.PublisherLeave;
import dev.sluice.server.config.SluiceConfig;
import dev.sluice.server.control.ControlRoutes;
import dev.sluice.server.http.HttpEdge;
import dev.sluice.server.http.Routes;
import dev.sluice.server.metrics.SluiceMetrics;
import dev.sluice.server.net.LocalAddresses;
import dev.sluice.server.net.LoopDirectory;
import dev.sluice.server.net.LoopGroup;
import dev.sluice.server.net.LoopSessions;
import dev.sluice.server.net.RecyclingAllocator;
import dev.sluice.server.router.EngineSettings;
import dev.sluice.server.router.MediaEngine;
import dev.sluice.server.session.BatchSettings;
import dev.sluice.server.session.HandshakeBudget;
import dev.sluice.server.session.SendSettings;
import dev.sluice.server.session.SessionTimeouts;
import dev.sluice.server.signal.MetricsPage;
import dev.sluice.server.signal.SessionRoutes;
import dev.sluice.server.signal.StatusRoutes;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.cipher.CipherProviders;
import dev.sluice.srtp.keys.IdentityRotation;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.PooledByteBufAllocator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The whole server, wired in one place: starts when it is made, ends when it is closed. */
public final class MediaServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MediaServer.class);

    /** RFC 7714's profiles first; the one that RFC 8827 demands for those who have no other. */
    private static final List<SrtpProfile> PROFILES =
            List.of(
                    SrtpProfile.AEAD_AES_128_GCM,
                    SrtpProfile.AEAD_AES_256_GCM,
                    SrtpProfile.AES_CM_128_HMAC_SHA1_80);

    private static final long BPS_PER_KBPS = 1_000;

    private final SluiceConfig config;
    private final LoopGroup loops;
    private final SluiceMetrics metrics;
    private final HttpEdge http;
    private volatile boolean ready;
    private boolean closed;

    /**
     * Starts everything.
     *
     * @throws StartException when an address, a name, a port or the SRTP provider cannot be used;
     *     nothing is left running
     */
    public MediaServer(SluiceConfig config) throws StartException {
        this.config = config;
        CipherProvider ciphers = SrtpCiphers.of(config.srtp().provider(), CipherProviders::load);
        this.loops = startLoops(config, ciphers);
        this.metrics = new SluiceMetrics(loops, ciphers.kind().configName(), ciphers.libraries());
        this.http =
                new HttpEdge(
                        config.http(), List.of(sessionRoutes(), statusRoutes(), controlRoutes()));
        startHttp();
        ready = true;
        logStart();
    }

    private Routes sessionRoutes() {
        return new SessionRoutes(
                new LoopSessions(loops),
                new LoopDirectory(loops),
                config.http().iceServers(),
                config.auth());
    }

    private Routes statusRoutes() {
        return new StatusRoutes(
                () -> ready,
                new MetricsPage(SluiceMetrics.CONTENT_TYPE, metrics::scrape),
                config.metrics());
    }

    private Routes controlRoutes() {
        return new ControlRoutes(new LoopDirectory(loops), config.control());
    }

    private void startHttp() throws StartException {
        try {
            http.start();
        } catch (RuntimeException e) {
            stopMedia();
            throw new StartException(
                    "Cannot serve HTTP on %s port %d: %s"
                            .formatted(
                                    config.http().listen(), config.http().port(), e.getMessage()),
                    e);
        }
    }

    private static LoopGroup startLoops(SluiceConfig config, CipherProvider ciphers)
            throws StartException {
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

    private void logStart() {
        LOG.info(
                "media on UDP {}port {} ({}, loops: {}), HTTP on port {}",
                config.media().tcp() ? "and TCP " : "",
                loops.port(),
                loops.transportName(),
                loops.loops().size(),
                http.port());
        warnOfOpenControl();
        if (config.auth().open() != OpenAccess.NONE) {
            LOG.warn(
                    "auth.open is {}: {} may publish without a token",
                    config.auth().open().name().toLowerCase(java.util.Locale.ROOT),
                    config.auth().open() == OpenAccess.ANY ? "anybody" : "this machine");
        }
    }

    private void warnOfOpenControl() {
        if (config.control().access() == ControlAccess.ANY && config.control().tokens().isEmpty()) {
            LOG.warn("control.access is any and there is no token: everybody may read the API");
        }
    }

    /** The port of WHIP, WHEP and the page. */
    public int httpPort() {
        return http.port();
    }

    /** The UDP port of media. */
    public int mediaPort() {
        return loops.port();
    }

    /** Tells a new user where to publish and watch. */
    void announce(PrintStream out) {
        String base = "http://localhost:" + http.port();
        out.println();
        out.println("  Sluice is running.");
        out.println();
        out.println("  Publish in a browser   " + base + "/?publish=demo");
        out.println("  Watch in a browser     " + base + "/?watch=demo");
        out.println("  Publish from OBS …     " + base + "/whip/demo   (WHIP)");
        out.println("  Play                   " + base + "/whep/demo   (WHEP)");
        out.println();
        out.flush();
    }

    /** Waits for SIGTERM or SIGINT, then closes in bounded time before the process ends. */
    void serveUntilTold() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("sluice-shutdown").unstarted(this::close));
        never.await();
    }

    /**
     * Takes no more sessions, says goodbye to the peers, and ends: two seconds at most for HTTP
     * requests under way, and {@code limits.shutdownTimeout} each for the peers and for the loop.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        LOG.info("shutting down");
        ready = false;
        http.stop();
        stopMedia();
        LOG.info("stopped");
    }

    private void stopMedia() {
        Duration limit = config.limits().shutdownTimeout();
        loops.shutdown(limit);
        metrics.close();
    }
}
