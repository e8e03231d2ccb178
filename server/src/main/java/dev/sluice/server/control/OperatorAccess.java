package dev.sluice.server.control;

import dev.sluice.server.config.ControlAccess;
import dev.sluice.server.config.ControlConfig;
import dev.sluice.server.http.BearerTokens;
import dev.sluice.server.http.LocalRequest;
import dev.sluice.server.http.Problem;
import dev.sluice.server.http.ProblemException;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;

/** Who may use the API: who comes from where that is allowed, and has a token if there are any. */
final class OperatorAccess {

    private static final String CHALLENGE = "Bearer realm=\"sluice-control\"";

    private final ControlAccess access;
    private final BearerTokens tokens;

    OperatorAccess(ControlConfig config) {
        this.access = config.access();
        this.tokens = new BearerTokens(config.tokens());
    }

    /** Returns when the request may go on. */
    void demand(Context ctx) {
        if (access == ControlAccess.LOOPBACK && !LocalRequest.matches(ctx)) {
            String detail = "The control API is for this machine only (control.access).";
            throw new ProblemException(Problem.of(HttpStatus.FORBIDDEN, detail));
        }
        String authorization = ctx.header(Header.AUTHORIZATION);
        if (!tokens.isEmpty() && !tokens.accepts(authorization)) {
            boolean isGiven = BearerTokens.tokenOf(authorization) != null;
            throw new ProblemException(
                    Problem.of(
                                    HttpStatus.UNAUTHORIZED,
                                    isGiven ? "wrong-token" : "token-needed",
                                    isGiven ? "This token is not valid here" : "A token is needed",
                                    "Send one of control.tokens as Authorization: Bearer.")
                            .withHeader(Header.WWW_AUTHENTICATE, CHALLENGE));
        }
    }
}
