package dev.sluice.server.control;

import dev.sluice.server.config.ControlConfig;
import dev.sluice.server.http.Cors;
import dev.sluice.server.http.Problem;
import dev.sluice.server.http.ProblemException;
import dev.sluice.server.http.Resource;
import dev.sluice.server.http.Responses;
import dev.sluice.server.http.Routes;
import dev.sluice.server.router.SessionDirectory;
import dev.sluice.server.router.SessionStats;
import dev.sluice.server.router.SessionSummary;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code /api/v1}: for operators. It names sessions by ids that give no right over them, since a
 * session's URL does.
 */
public final class ControlRoutes implements Routes {

    static final String BASE = "/api/v1";
    private static final List<String> ROLES = List.of("publisher", "viewer");

    private final SessionDirectory directory;
    private final OperatorAccess access;

    public ControlRoutes(SessionDirectory directory, ControlConfig config) {
        this.directory = directory;
        this.access = new OperatorAccess(config);
    }

    @Override
    public void addTo(RoutesConfig routes, Cors cors) {
        add(routes, cors, "/sessions", this::list);
        add(routes, cors, "/sessions/{id}", this::session);
        add(routes, cors, "/sessions/{id}/stats", this::stats);
        add(routes, cors, "/openapi.json", OpenApi::handle);
    }

    private void add(RoutesConfig routes, Cors cors, String path, Handler handler) {
        Handler guarded =
                ctx -> {
                    access.demand(ctx);
                    handler.handle(ctx);
                };
        var methods = Map.of(HandlerType.GET, guarded, HandlerType.HEAD, guarded);
        Resource.add(routes, BASE + path, methods, cors, Map.of());
    }

    private void list(Context ctx) {
        String role = role(ctx);
        String stream = ctx.queryParam("stream");
        Instant now = Instant.now();
        Stream<SessionSummary> found =
                directory.list().stream()
                        .filter(session -> stream == null || session.stream().equals(stream))
                        .filter(session -> role == null || nameOf(session).equals(role));
        Responses.json(
                ctx,
                Map.of("sessions", found.map(session -> SessionJson.of(session, now)).toList()));
    }

    private static @Nullable String role(Context ctx) {
        String role = ctx.queryParam("role");
        if (role != null && !ROLES.contains(role)) {
            String detail = "role is '%s'; accepted: publisher, viewer.".formatted(role);
            throw new ProblemException(
                    Problem.of(HttpStatus.BAD_REQUEST, detail).withExtension("member", "role"));
        }
        return role;
    }

    private static String nameOf(SessionSummary session) {
        return session.role().name().toLowerCase(Locale.ROOT);
    }

    private void session(Context ctx) {
        Responses.json(ctx, SessionJson.of(find(ctx).summary(), Instant.now()));
    }

    private void stats(Context ctx) {
        Responses.json(ctx, StatsJson.of(find(ctx), Instant.now()));
    }

    private SessionStats find(Context ctx) {
        return directory
                .stats(ctx.pathParam("id"))
                .orElseThrow(() -> new ProblemException(unknownSession()));
    }

    private static Problem unknownSession() {
        return Problem.of(
                HttpStatus.NOT_FOUND,
                "unknown-session",
                "There is no such session",
                "It may have ended already; GET " + BASE + "/sessions lists all.");
    }
}
