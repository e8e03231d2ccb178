package dev.sluice.server.http;

import dev.sluice.server.config.HttpConfig;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;

import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

import java.util.List;
import java.util.Map;

/**
 * The HTTP server. Each request runs on a virtual thread of its own, so handlers may wait for media
 * loops.
 */
public final class HttpEdge {

    /**
     * Connections that may wait to be taken while the processor is busy; the system's default of 50
     * is what joins in a second, and whoever finds no room tries again after one, three, seven.
     */
    private static final int ACCEPT_QUEUE = 1024;

    /** Between two requests, and between two pieces of one. */
    private static final long IDLE_MILLIS = 30_000;

    /** A body that comes slower than this is given up. */
    private static final long MIN_BODY_BYTES_PER_SECOND = 100;

    /** What a request under way has to finish in when the server stops. */
    private static final long STOP_MILLIS = 2_000;

    private final Javalin javalin;

    /** Makes the server; {@link #start} opens its port. */
    public HttpEdge(HttpConfig http, List<Routes> groups) {
        var cors = new Cors(http.allowedOrigins());
        this.javalin =
                Javalin.create(
                        config -> {
                            frame(config, http);
                            config.routes.before(SecurityHeaders::onRequest);
                            config.routes.before(cors::onRequest);
                            groups.forEach(group -> group.addTo(config.routes, cors));
                            ProblemResponses.addTo(config.routes);
                        });
    }

    /** Binds the port and serves; throws when the port is taken. */
    public void start() {
        javalin.start();
    }

    /** Stops taking requests and gives those under way two seconds. */
    public void stop() {
        javalin.stop();
    }

    /** The bound port, which is the configured one unless that is 0. */
    public int port() {
        return javalin.port();
    }

    private static void frame(JavalinConfig config, HttpConfig http) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.staticFiles.add(
                files -> {
                    files.hostedPath = "/";
                    files.directory = "/web";
                    files.location = Location.CLASSPATH;
                    files.headers = Map.of("Cache-Control", "no-cache");
                });
        config.jetty.modifyHttpConfiguration(HttpEdge::limit);
        config.jetty.modifyServer(HttpEdge::onServer);
        config.jetty.addConnector((server, limits) -> connector(server, limits, http));
    }

    private static void limit(HttpConfiguration configuration) {
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        // It takes 100 kB for each connection, most of which see one request.
        configuration.setHeaderCacheSize(0);
        configuration.setMinRequestDataRate(MIN_BODY_BYTES_PER_SECOND);
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration configuration, HttpConfig http) {
        var connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost(http.listen());
        connector.setPort(http.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(IDLE_MILLIS);
        return connector;
    }

    private static void onServer(Server server) {
        server.setErrorHandler(new ProblemErrorHandler());
        server.setStopTimeout(STOP_MILLIS);
    }
}
