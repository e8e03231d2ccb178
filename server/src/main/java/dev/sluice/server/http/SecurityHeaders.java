package dev.sluice.server.http;

import io.javalin.http.Context;
import io.javalin.http.Header;

import java.util.Map;

/**
 * What browsers may do with this server's answers. The page loads nothing but its own files and
 * talks to nobody else.
 */
final class SecurityHeaders {

    private static final String CONTENT_SECURITY_POLICY =
            String.join(
                    "; ",
                    "default-src 'none'",
                    "script-src 'self'",
                    "worker-src 'self'",
                    "style-src 'self'",
                    "img-src 'self'",
                    "media-src 'self' blob:",
                    "connect-src 'self'",
                    "base-uri 'none'",
                    "form-action 'self'",
                    "frame-ancestors 'none'");

    private static final Map<String, String> HEADERS =
            Map.of(
                    Header.CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY,
                    Header.X_CONTENT_TYPE_OPTIONS, "nosniff",
                    Header.REFERRER_POLICY, "no-referrer",
                    Header.CACHE_CONTROL, "no-store");

    private SecurityHeaders() {}

    /** Before every handler; the page's files set another Cache-Control. */
    static void onRequest(Context ctx) {
        HEADERS.forEach(ctx::header);
    }
}
