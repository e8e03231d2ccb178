package dev.sluice.load.signal;

import dev.sluice.load.client.ClientFailure;
import dev.sluice.load.client.FailureReason;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Makes and ends sessions by WHIP (RFC 9725) or WHEP; blocks, so it is for virtual threads. */
public final class WhipClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** What of an error's body is told. */
    private static final int MAX_DETAIL_CHARS = 300;

    /**
     * A session that the server has made.
     *
     * @param location what to delete when it is over
     * @param answer the server's SDP
     */
    public record Session(URI location, String answer) {}

    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    /**
     * @param token a bearer token; empty for none
     */
    public WhipClient(String token) {
        this.token = token;
    }

    /**
     * Offers a session.
     *
     * @throws ClientFailure when the server cannot be reached or refuses; the message has what it
     *     said
     */
    public Session offer(URI endpoint, String sdp) throws ClientFailure, InterruptedException {
        HttpRequest request =
                request(endpoint)
                        .header("Content-Type", "application/sdp")
                        .header("Accept", "application/sdp")
                        .POST(HttpRequest.BodyPublishers.ofString(sdp))
                        .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() != HttpURLConnection.HTTP_CREATED) {
            throw new ClientFailure(FailureReason.HTTP_REFUSED, refusal(endpoint, response));
        }
        String location =
                response.headers()
                        .firstValue("Location")
                        .orElseThrow(
                                () ->
                                        new ClientFailure(
                                                FailureReason.HTTP_ERROR,
                                                endpoint + " answered 201 without a Location"));
        return new Session(endpoint.resolve(location), response.body());
    }

    private static String refusal(URI endpoint, HttpResponse<String> response) {
        String body = response.body().strip();
        String told = body.length() > MAX_DETAIL_CHARS ? body.substring(0, MAX_DETAIL_CHARS) : body;
        return "%s answered %d%s"
                .formatted(endpoint, response.statusCode(), told.isEmpty() ? "" : ": " + told);
    }

    /**
     * Ends a session.
     *
     * @throws ClientFailure when the server cannot be reached or did not know the session
     */
    public void delete(URI location) throws ClientFailure, InterruptedException {
        HttpResponse<String> response = send(request(location).DELETE().build());
        if (response.statusCode() / 100 != 2) {
            throw new ClientFailure(FailureReason.HTTP_REFUSED, refusal(location, response));
        }
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request)
            throws ClientFailure, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new ClientFailure(
                    FailureReason.HTTP_ERROR, request.uri() + " does not answer: " + why);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
