package dev.sluice.server.signal;

import dev.sluice.server.config.MetricsAccess;
import dev.sluice.server.config.MetricsConfig;
import dev.sluice.server.http.Cors;
import dev.sluice.server.http.LocalRequest;
import dev.sluice.server.http.Problem;
import dev.sluice.server.http.ProblemException;
import dev.sluice.server.http.Resource;
import dev.sluice.server.http.Responses;
import dev.sluice.server.http.Routes;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;

import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * {@code /health}, {@code /ready} and {@code /metrics}: for the machines that watch over the
 * server.
 */
public final class StatusRoutes implements Routes {

    private static final String RETRY_SECONDS = "5";

    private final BooleanSupplier isReady;
    private final MetricsPage metrics;
    private final MetricsAccess metricsAccess;

    /**
     * @param isReady whether new sessions are taken, for {@code /ready}
     */
    public StatusRoutes(BooleanSupplier isReady, MetricsPage metrics, MetricsConfig config) {
        this.isReady = isReady;
        this.metrics = metrics;
        this.metricsAccess = config.access();
    }

    @Override
    public void addTo(RoutesConfig routes, Cors cors) {
        add(routes, cors, "/health", ctx -> status(ctx, "alive"));
        add(routes, cors, "/ready", this::onReady);
        add(routes, cors, "/metrics", this::onMetrics);
    }

    private static void add(RoutesConfig routes, Cors cors, String path, Handler handler) {
        var methods = Map.of(HandlerType.GET, handler, HandlerType.HEAD, handler);
        Resource.add(routes, path, methods, cors, Map.of());
    }

    private void onReady(Context ctx) {
        if (!isReady.getAsBoolean()) {
            String detail = "The server takes no sessions: it is starting or stopping.";
            throw new ProblemException(
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE, detail)
                            .withHeader(Header.RETRY_AFTER, RETRY_SECONDS));
        }
        status(ctx, "ready");
    }

    private void onMetrics(Context ctx) {
        if (metricsAccess == MetricsAccess.LOOPBACK && !LocalRequest.matches(ctx)) {
            String detail = "Metrics are for this machine only (metrics.access).";
            throw new ProblemException(Problem.of(HttpStatus.FORBIDDEN, detail));
        }
        ctx.contentType(metrics.contentType()).result(metrics.body().get());
    }

    private static void status(Context ctx, String status) {
        Responses.json(ctx, Map.of("status", status));
    }
}
