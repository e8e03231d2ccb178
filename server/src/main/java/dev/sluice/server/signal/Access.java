package dev.sluice.server.signal;

import dev.sluice.server.config.AuthConfig;
import dev.sluice.server.config.OpenAccess;
import dev.sluice.server.http.BearerTokens;
import dev.sluice.server.http.LocalRequest;
import dev.sluice.server.http.Problem;
import dev.sluice.server.http.ProblemException;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;

import org.jspecify.annotations.Nullable;

import java.util.function.Predicate;

/**
 * Who may use one protocol. The right holds for a whole session: its PATCH and DELETE ask the same
 * as its POST. A token to publish is none to watch: a camera's secret should not show what others
 * publish.
 */
final class Access {

    private static final String CHALLENGE = "Bearer realm=\"sluice\"";

    private final Predicate<Context> isOpen;
    private final BearerTokens tokens;

    private Access(Predicate<Context> isOpen, BearerTokens tokens) {
        this.isOpen = isOpen;
        this.tokens = tokens;
    }

    static Access toPublish(AuthConfig auth) {
        return new Access(openTo(auth.open()), new BearerTokens(auth.publishTokens()));
    }

    static Access toWatch(AuthConfig auth) {
        var tokens = new BearerTokens(auth.watchTokens());
        return new Access(ctx -> tokens.isEmpty(), tokens);
    }

    /** Returns when the request may go on. */
    void demand(Context ctx) {
        String authorization = ctx.header(Header.AUTHORIZATION);
        if (!isOpen.test(ctx) && !tokens.accepts(authorization)) {
            throw new ProblemException(refusal(authorization));
        }
    }

    private static Predicate<Context> openTo(OpenAccess open) {
        return switch (open) {
            case NONE -> ctx -> false;
            case LOOPBACK -> LocalRequest::matches;
            case ANY -> ctx -> true;
        };
    }

    private Problem refusal(@Nullable String authorization) {
        boolean isGiven = BearerTokens.tokenOf(authorization) != null;
        String challenge = isGiven ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE;
        return Problem.of(
                        HttpStatus.UNAUTHORIZED,
                        isGiven ? "wrong-token" : "token-needed",
                        isGiven ? "This token is not valid here" : "A token is needed",
                        detail())
                .withHeader(Header.WWW_AUTHENTICATE, challenge);
    }

    private String detail() {
        return tokens.isEmpty()
                ? "The configuration names no token, and this request is not one that needs none."
                : "Send one of the configured tokens as Authorization: Bearer.";
    }
}
