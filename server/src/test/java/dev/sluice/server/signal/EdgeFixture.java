package dev.sluice.server.signal;

import dev.sluice.server.config.AuthConfig;
import dev.sluice.server.config.HttpConfig;
import dev.sluice.server.config.IceServer;
import dev.sluice.server.config.MetricsAccess;
import dev.sluice.server.config.MetricsConfig;
import dev.sluice.server.config.OpenAccess;
import dev.sluice.server.http.HttpEdge;
import dev.sluice.server.router.ScriptedDirectory;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A server on a free loopback port, and clients for it. */
final class EdgeFixture implements AutoCloseable {

    static final String OFFER = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
    static final String FRAGMENT =
            String.join(
                    "\r\n",
                    "a=ice-ufrag:abcd",
                    "a=ice-pwd:0123456789012345678901",
                    "a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host",
                    "");
    static final AuthConfig OPEN_TO_LOOPBACK =
            new AuthConfig(OpenAccess.LOOPBACK, List.of(), List.of());

    private static final MetricsPage METRICS =
            new MetricsPage("text/plain; version=0.0.4; charset=utf-8", () -> "up 1\n");

    private static final int READ_TIMEOUT_MILLIS = 10_000;

    final ScriptedSessions sessions = new ScriptedSessions();
    final ScriptedDirectory directory = new ScriptedDirectory();
    volatile boolean isReady = true;

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpEdge edge;

    private EdgeFixture(
            AuthConfig auth, List<String> origins, List<IceServer> servers, MetricsAccess access) {
        edge =
                new HttpEdge(
                        new HttpConfig("127.0.0.1", 0, origins, servers),
                        List.of(
                                new SessionRoutes(sessions, directory, servers, auth),
                                new StatusRoutes(
                                        () -> isReady, METRICS, new MetricsConfig(access))));
        edge.start();
    }

    static EdgeFixture open() {
        return withAuth(OPEN_TO_LOOPBACK);
    }

    static EdgeFixture withAuth(AuthConfig auth) {
        return new EdgeFixture(auth, List.of(), List.of(), MetricsAccess.LOOPBACK);
    }

    static EdgeFixture withOrigins(String... origins) {
        return new EdgeFixture(
                OPEN_TO_LOOPBACK, List.of(origins), List.of(), MetricsAccess.LOOPBACK);
    }

    static EdgeFixture withIceServers(IceServer... servers) {
        return new EdgeFixture(
                OPEN_TO_LOOPBACK, List.of(), List.of(servers), MetricsAccess.LOOPBACK);
    }

    static EdgeFixture withMetricsForAll() {
        return new EdgeFixture(OPEN_TO_LOOPBACK, List.of(), List.of(), MetricsAccess.ANY);
    }

    int port() {
        return edge.port();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path));
    }

    HttpRequest.Builder offer(String path) {
        return request(path)
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(OFFER));
    }

    HttpRequest.Builder patch(String ifMatch, String fragment) {
        return request("/whip/cam/sessions/s3cret")
                .header("Content-Type", "application/trickle-ice-sdpfrag")
                .header("If-Match", ifMatch)
                .method("PATCH", BodyPublishers.ofString(fragment));
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    /**
     * Sends bytes that no decent client would, and returns all that comes until the server closes.
     */
    String exchange(String raw) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.port())) {
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The status of an offer with these further headers, each ended by CRLF. */
    int statusOfOffer(@Nullable String host, String headers) throws IOException {
        String response =
                exchange(
                        "POST /whip/cam HTTP/1.1\r\n"
                                + (host == null ? "" : "Host: " + host + "\r\n")
                                + headers
                                + "Content-Type: application/sdp\r\n"
                                + "Connection: close\r\n"
                                + "Content-Length: "
                                + OFFER.length()
                                + "\r\n\r\n"
                                + OFFER);
        return Integer.parseInt(response.substring(9, 12));
    }

    @Override
    public void close() {
        client.close();
        edge.stop();
    }
}
