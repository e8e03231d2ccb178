package dev.sluice.load.signal;

import dev.sluice.load.client.ClientFailure;
import dev.sluice.load.client.FailureReason;

import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** Makes and ends sessions by WHIP (RFC 9725) or WHEP; blocks, so it is for virtual threads. */
public final class WhipClient implements AutoCloseable {

    /** A server that does not even say goodbye within this time must not hold up the end. */
    private static final Duration GOODBYE_PATIENCE = Duration.ofSeconds(5);

    /** A server that redirects more often than this sends its clients in circles. */
    private static final int MAX_REDIRECTS = 5;

    /** What of an error's body is told. */
    private static final int MAX_DETAIL_CHARS = 300;

    /**
     * A session that the server has made.
     *
     * @param location what to delete when it is over
     * @param answer the server's SDP
     * @param takesToken whether the location is of the origin that the token is for
     */
    public record Session(URI location, String answer, boolean takesToken) {}

    /** The bearer token's header; empty for none. */
    private final String authorization;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    /**
     * @param token a bearer token; empty for none
     */
    public WhipClient(String token) {
        this.authorization = token.isEmpty() ? "" : "Bearer " + token;
    }

    /**
     * Offers a session. The token goes to the endpoint's own origin only, wherever that redirects.
     *
     * @param patience how long the answer may take, with all redirects
     * @throws ClientFailure when the server cannot be reached or refuses; the message has what it
     *     said
     */
    public Session offer(URI endpoint, String sdp, Duration patience)
            throws ClientFailure, InterruptedException {
        HttpResponse<String> response =
                send(
                        endpoint,
                        !authorization.isEmpty(),
                        patience,
                        request ->
                                request.header("Content-Type", "application/sdp")
                                        .header("Accept", "application/sdp")
                                        .POST(HttpRequest.BodyPublishers.ofString(sdp)));
        if (response.statusCode() != HttpURLConnection.HTTP_CREATED) {
            throw refusal(response);
        }
        URI location = Redirects.location(response);
        return new Session(location, response.body(), Redirects.isSameOrigin(endpoint, location));
    }

    private static ClientFailure refusal(HttpResponse<String> response) {
        String body = response.body().strip();
        String told = body.length() > MAX_DETAIL_CHARS ? body.substring(0, MAX_DETAIL_CHARS) : body;
        return new ClientFailure(
                FailureReason.HTTP_REFUSED,
                "%s answered %d%s%s"
                        .formatted(
                                response.uri(),
                                response.statusCode(),
                                Redirects.isUnfollowed(response)
                                        ? ", a redirect that is not followed (307 and 308 are)"
                                        : "",
                                told.isEmpty() ? "" : ": " + told));
    }

    /**
     * Ends a session.
     *
     * @throws ClientFailure when the server cannot be reached or did not know the session
     */
    public void delete(Session session) throws ClientFailure, InterruptedException {
        HttpResponse<String> response =
                send(
                        session.location(),
                        session.takesToken() && !authorization.isEmpty(),
                        GOODBYE_PATIENCE,
                        HttpRequest.Builder::DELETE);
        if (response.statusCode() / 100 != 2) {
            throw refusal(response);
        }
    }

    /** Sends, and follows where the server redirects with the method and the body kept. */
    private HttpResponse<String> send(
            URI first,
            boolean withToken,
            Duration patience,
            UnaryOperator<HttpRequest.Builder> form)
            throws ClientFailure, InterruptedException {
        long endNanos = System.nanoTime() + patience.toNanos();
        URI uri = first;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            boolean isTrusted = withToken && Redirects.isSameOrigin(first, uri);
            HttpResponse<String> response = exchange(request(uri, isTrusted, form), endNanos);
            if (!Redirects.isFollowed(response)) {
                return response;
            }
            uri = Redirects.target(response);
        }
        throw new ClientFailure(
                FailureReason.HTTP_ERROR,
                "%s redirects more than %d times".formatted(first, MAX_REDIRECTS));
    }

    private HttpRequest request(URI uri, boolean withToken, UnaryOperator<HttpRequest.Builder> form)
            throws ClientFailure {
        HttpRequest.Builder builder;
        try {
            builder = form.apply(HttpRequest.newBuilder(uri));
        } catch (IllegalArgumentException e) {
            throw unusable(uri, e);
        }
        if (withToken) {
            addToken(builder);
        }
        return builder.build();
    }

    private void addToken(HttpRequest.Builder builder) throws ClientFailure {
        try {
            builder.header("Authorization", authorization);
        } catch (IllegalArgumentException e) {
            // Its message has the token, which is nobody's business.
            throw new ClientFailure(
                    FailureReason.HTTP_ERROR, "the token cannot be sent in a header of HTTP");
        }
    }

    private HttpResponse<String> exchange(HttpRequest request, long endNanos)
            throws ClientFailure, InterruptedException {
        CompletableFuture<HttpResponse<String>> response = begin(request);
        try {
            return response.get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw silence(request, "nothing came in time");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof IllegalArgumentException
                    ? unusable(request.uri(), cause)
                    : silence(request, why(cause));
        } finally {
            response.cancel(true);
        }
    }

    private CompletableFuture<HttpResponse<String>> begin(HttpRequest request) {
        try {
            return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static ClientFailure silence(HttpRequest request, String why) {
        return new ClientFailure(
                FailureReason.HTTP_ERROR, request.uri() + " does not answer: " + why);
    }

    private static ClientFailure unusable(URI uri, Throwable why) {
        return new ClientFailure(
                FailureReason.HTTP_ERROR, uri + " cannot be asked: " + why.getMessage());
    }

    /** The JDK tells of connections that were refused, and of unknown hosts, without a message. */
    private static String why(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "unknown host";
            }
            if (cause.getMessage() != null && !cause.getMessage().equals(name)) {
                return cause.getMessage();
            }
        }
        return failure instanceof ConnectException ? "connection refused" : name;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
