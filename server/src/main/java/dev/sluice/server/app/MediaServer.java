package dev.sluice.server.app;

import dev.sluice.media.ice.IceCandidate;
import dev.sluice.media.time.WallClock;
import dev.sluice.server.config.PublisherLeave;
import dev.sluice.server.config.SluiceConfig;
import dev.sluice.server.metrics.SluiceMetrics;
import dev.sluice.server.net.EngineLoop;
import dev.sluice.server.net.LocalAddresses;
import dev.sluice.server.net.LoopSessions;
import dev.sluice.server.router.EngineSettings;
import dev.sluice.server.router.MediaEngine;
import dev.sluice.server.session.SessionTimeouts;
import dev.sluice.server.signal.HttpEdge;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.SrtpProfile;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole server, wired in one place: start it, ask where it listens, stop it. */
public final class MediaServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MediaServer.class);
}
