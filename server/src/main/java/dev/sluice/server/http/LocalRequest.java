package dev.sluice.server.http;

import io.javalin.http.Context;
import io.javalin.http.Header;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Whether a request was made on this machine, by a program or a page of this machine. A loopback
 * peer alone does not show it: a reverse proxy forwards strangers, a web page may make the browser
 * send requests here, and a name that resolves to 127.0.0.1 (DNS rebinding) makes such a page
 * same-origin. Hence the proxy, Host and Origin headers have a say.
 */
public final class LocalRequest {

    private static final List<String> PROXY_HEADERS =
            List.of(
                    "Forwarded",
                    "X-Forwarded-For",
                    "X-Forwarded-Host",
                    "X-Forwarded-Proto",
                    "X-Real-IP",
                    "Via");

    private LocalRequest() {}

    public static boolean matches(Context ctx) {
        String origin = ctx.header(Header.ORIGIN);
        return isLoopbackAddress(ctx.req().getRemoteAddr())
                && PROXY_HEADERS.stream().allMatch(header -> ctx.header(header) == null)
                && isLoopbackHost(ctx.header(Header.HOST))
                && (origin == null || isLoopbackOrigin(origin));
    }

    /** A value of the Host header: a name or address, and perhaps a port. */
    public static boolean isLoopbackHost(@Nullable String host) {
        return host != null && isLoopbackOrigin("http://" + host);
    }

    /**
     * A value of the Origin header; {@code null}, the text, is the origin of a sandboxed page and
     * not local.
     */
    public static boolean isLoopbackOrigin(String origin) {
        try {
            URI uri = new URI(origin);
            String host = uri.getHost();
            return host != null
                    && uri.getUserInfo() == null
                    && uri.getPath().isEmpty()
                    && isLoopbackName(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Names under localhost are loopback by RFC 6761 section 6.3. */
    private static boolean isLoopbackName(String host) {
        return host.equals("localhost") || host.endsWith(".localhost") || isLoopbackAddress(host);
    }

    /** Literals only: no name is ever resolved here. */
    private static boolean isLoopbackAddress(String literal) {
        boolean isBracketed = literal.startsWith("[") && literal.endsWith("]");
        String bare = isBracketed ? literal.substring(1, literal.length() - 1) : literal;
        try {
            return InetAddress.ofLiteral(bare).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
