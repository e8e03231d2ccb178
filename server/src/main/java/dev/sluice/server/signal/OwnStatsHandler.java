package dev.sluice.server.signal;

import dev.sluice.server.control.StatsJson;
import dev.sluice.server.http.ProblemException;
import dev.sluice.server.http.Responses;
import dev.sluice.server.router.Role;
import dev.sluice.server.router.SessionDirectory;
import dev.sluice.server.router.SessionName;
import dev.sluice.server.router.SessionStats;

import io.javalin.http.Context;
import io.javalin.http.Handler;

import java.time.Instant;

/** Tells the one who has a session's URL how the session does. */
final class OwnStatsHandler implements Handler {

    private final Role role;
    private final Access access;
    private final SessionDirectory directory;

    OwnStatsHandler(Role role, Access access, SessionDirectory directory) {
        this.role = role;
        this.access = access;
        this.directory = directory;
    }

    @Override
    public void handle(Context ctx) {
        String stream = StreamName.of(ctx);
        access.demand(ctx);
        SessionStats stats =
                directory
                        .stats(new SessionName(role, stream, ctx.pathParam("session")))
                        .orElseThrow(OwnStatsHandler::unknownSession);
        Responses.json(ctx, StatsJson.of(stats, Instant.now()));
    }

    private static ProblemException unknownSession() {
        return new ProblemException(SessionHandler.unknownSession("It may have ended already."));
    }
}
