package dev.sluice.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns everything that goes wrong in a request into an RFC 9457 body. */
final class ProblemResponses {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);

    private ProblemResponses() {}

    static void addTo(RoutesConfig routes) {
        routes.exception(ProblemException.class, (e, ctx) -> write(ctx, e.problem()));
        routes.exception(HttpResponseException.class, (e, ctx) -> write(ctx, ofFramework(e)));
        routes.exception(Exception.class, ProblemResponses::onDefect);
        routes.error(HttpStatus.NOT_FOUND, ProblemResponses::onNothingThere);
    }

    static void write(Context ctx, Problem problem) {
        problem.headers().forEach(ctx::header);
        ctx.status(problem.status())
                .contentType(Problem.MEDIA_TYPE)
                .result(Responses.text(problem.body(ctx.path())));
    }

    private static Problem ofFramework(HttpResponseException e) {
        HttpStatus status = HttpStatus.forStatus(e.getStatus());
        String detail = status == HttpStatus.NOT_FOUND ? NOTHING_THERE : status.getMessage();
        return Problem.of(status, detail);
    }

    private static void onDefect(Exception e, Context ctx) {
        LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
        String detail = "The server failed to handle this request; its log tells more.";
        write(ctx, Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, detail));
    }

    private static void onNothingThere(Context ctx) {
        if (!Problem.MEDIA_TYPE.equals(ctx.res().getContentType())) {
            write(ctx, Problem.of(HttpStatus.NOT_FOUND, NOTHING_THERE));
        }
    }

    private static final String NOTHING_THERE =
            "Nothing is here. Publish with POST /whip/{stream}, watch with POST /whep/{stream}.";
}
