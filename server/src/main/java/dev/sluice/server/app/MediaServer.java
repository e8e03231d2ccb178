package dev.sluice.server.app;

import dev.sluice.server.config.ControlAccess;
import dev.sluice.server.config.OpenAccess;
import dev.sluice.server.config.SluiceConfig;
import dev.sluice.server.control.ControlRoutes;
import dev.sluice.server.http.HttpEdge;
import dev.sluice.server.http.Routes;
import dev.sluice.server.metrics.SluiceMetrics;
import dev.sluice.server.net.LoopDirectory;
import dev.sluice.server.net.LoopGroup;
import dev.sluice.server.net.LoopSessions;
import dev.sluice.server.signal.MetricsPage;
import dev.sluice.server.signal.SessionRoutes;
import dev.sluice.server.signal.StatusRoutes;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.cipher.CipherProviders;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The whole server, wired in one place: starts when it is made, ends when it is closed. */
public final class MediaServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MediaServer.class);

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
        this.loops = MediaWiring.startLoops(config, ciphers);
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
