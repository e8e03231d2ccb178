package dev.sluice.server.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;

import java.util.List;

/**
 * Lets pages of the configured origins call WHIP and WHEP from a browser (RFC 9725 section 4.7,
 * Fetch standard).
 */
public final class Cors {

    private static final String ANY = "*";
    private static final String READABLE = "Location, ETag, Link, Accept-Patch, Retry-After";
    private static final String SENDABLE = "Authorization, Content-Type, If-Match";
    private static final String PREFLIGHT_LIFETIME_SECONDS = "600";

    private final List<String> allowedOrigins;

    public Cors(List<String> allowedOrigins) {
        this.allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** Before every handler, so that a refused request can be read by its page too. */
    public void onRequest(Context ctx) {
        String origin = ctx.header(Header.ORIGIN);
        if (allowedOrigins.contains(ANY)) {
            allow(ctx, ANY);
        } else if (!allowedOrigins.isEmpty()) {
            ctx.header(Header.VARY, Header.ORIGIN);
            if (origin != null && allowedOrigins.contains(origin)) {
                allow(ctx, origin);
            }
        }
    }

    /**
     * Answers OPTIONS, a CORS preflight or not.
     *
     * @param allow the methods of the resource, as in the Allow header
     */
    public void onOptions(Context ctx, String allow) {
        ctx.status(HttpStatus.NO_CONTENT).header(Header.ALLOW, allow);
        if (ctx.res().getHeader(Header.ACCESS_CONTROL_ALLOW_ORIGIN) != null) {
            ctx.header(Header.ACCESS_CONTROL_ALLOW_METHODS, allow);
            ctx.header(Header.ACCESS_CONTROL_ALLOW_HEADERS, SENDABLE);
            ctx.header(Header.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_LIFETIME_SECONDS);
        }
    }

    private static void allow(Context ctx, String origin) {
        ctx.header(Header.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        ctx.header(Header.ACCESS_CONTROL_EXPOSE_HEADERS, READABLE);
    }
}
