package dev.sluice.server.app;

import dev.sluice.server.config.SluiceConfig;
import dev.sluice.server.metrics.SluiceMetrics;
import dev.sluice.server.net.EngineLoop;
import dev.sluice.server.net.LoopSessions;
import dev.sluice.server.router.EngineSettings;
import dev.sluice.server.signal.HttpEdge;
import dev.sluice.srtp.keys.SrtpProfile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.util.List;

/** The whole server, wired in one place: start it, ask where it listens, close it. */
public final class MediaServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MediaServer.class);

    /** RFC 7714's profiles first; the mandatory one of RFC 8827 for those who have no other. */
    private static final List<SrtpProfile> PROFILES =
            List.of(
                    SrtpProfile.AEAD_AES_128_GCM,
                    SrtpProfile.AEAD_AES_256_GCM,
                    SrtpProfile.AES_CM_128_HMAC_SHA1_80);

    private final SluiceConfig config;
    private final EngineLoop loop;
    private final int mediaPort;
    private final SluiceMetrics metrics;
    private final HttpEdge http;
    private volatile boolean ready;

    /**
     * Starts everything.
     *
     * @throws StartException when an address, name or port cannot be used; nothing is left running
     */
    public MediaServer(SluiceConfig config) throws StartException {
        this.config = config;
        List<InetAddress> listen = listenAddresses(config.media());
        // The port of the candidates is known only when the sockets are bound, the engine before.
        MediaSockets sockets = MediaSockets.reserve(listen, config.media().port());
        this.mediaPort = sockets.port();
        EngineSettings settings = settings(config, candidates(config.media(), listen, mediaPort));
        this.loop = new EngineLoop("sluice-media", mailbox -> engine(settings, mailbox));
        this.metrics = new SluiceMetrics(loop);
        this.http = new HttpEdge(config, new LoopSessions(loop), () -> ready, metrics::scrape);
        start(listen);
    }
}
