package dev.sluice.server.libwebrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The HTTP side of a peer: WHIP, WHEP, and the metrics of the server. */
public final class SignallingClient implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    public SignallingClient(int httpPort) {
        base = URI.create("http://127.0.0.1:" + httpPort);
    }

    /** Posts an offer to a path such as {@code /whip/demo}; returns the answer's SDP. */
    public String offer(String path, String sdp) throws IOException, InterruptedException {
        HttpResponse<String> response =
                send(
                        HttpRequest.newBuilder(base.resolve(path))
                                .header("Content-Type", "application/sdp")
                                .POST(BodyPublishers.ofString(sdp)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return response.body();
    }

    /** A figure of {@code /metrics} by its name and labels as they are written there. */
    public double metric(String name) throws IOException, InterruptedException {
        String page = send(HttpRequest.newBuilder(base.resolve("/metrics"))).body();
        return page.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in\n" + page));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.close();
    }
}
