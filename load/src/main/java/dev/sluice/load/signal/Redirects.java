package dev.sluice.load.signal;

import dev.sluice.load.client.ClientFailure;
import dev.sluice.load.client.FailureReason;

import java.net.URI;
import java.net.http.HttpResponse;

/** Where the answers of a server lead to, and whether a token may go there (RFC 9110). */
final class Redirects {

    private static final int TEMPORARY = 307;
    private static final int PERMANENT = 308;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private Redirects() {}

    /** Whether it leads elsewhere with the method and the body kept. */
    static boolean isFollowed(HttpResponse<?> response) {
        return response.statusCode() == TEMPORARY || response.statusCode() == PERMANENT;
    }

    /** Whether it leads elsewhere with another method: an offer would become a GET. */
    static boolean isUnfollowed(HttpResponse<?> response) {
        return response.statusCode() >= 301 && response.statusCode() <= 303;
    }

    /**
     * Where a redirect leads to.
     *
     * @throws ClientFailure when it leads nowhere, or from HTTPS to HTTP
     */
    static URI target(HttpResponse<?> response) throws ClientFailure {
        URI target = location(response);
        if (isHttps(response.uri()) && !isHttps(target)) {
            throw failure(response, "redirects from HTTPS to " + target);
        }
        return target;
    }

    /**
     * What the answer names in {@code Location}, which may be relative to the address that gave it.
     *
     * @throws ClientFailure when there is none, or it is no address
     */
    static URI location(HttpResponse<?> response) throws ClientFailure {
        String told = response.headers().firstValue("Location").orElse(null);
        if (told == null) {
            throw failure(response, "answered %d without a Location".formatted(status(response)));
        }
        try {
            return response.uri().resolve(told);
        } catch (IllegalArgumentException e) {
            throw failure(
                    response,
                    "answered %d with a Location that is no address: '%s'"
                            .formatted(status(response), told));
        }
    }

    private static int status(HttpResponse<?> response) {
        return response.statusCode();
    }

    private static ClientFailure failure(HttpResponse<?> response, String what) {
        return new ClientFailure(FailureReason.HTTP_ERROR, response.uri() + " " + what);
    }

    /** Whether scheme, host and port are the same (RFC 6454, section 5). */
    static boolean isSameOrigin(URI one, URI other) {
        return String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
                && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isHttps(uri) ? HTTPS_PORT : HTTP_PORT;
    }

    private static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }
}
