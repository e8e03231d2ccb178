package dev.sluice.server.control;

import dev.sluice.server.config.ControlAccess;
import dev.sluice.server.config.ControlConfig;
import dev.sluice.server.config.HttpConfig;
import dev.sluice.server.http.HttpEdge;
import dev.sluice.server.router.ScriptedDirectory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** A server of the control API on a free loopback port. */
final class ControlFixture implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpEdge edge;

    ControlFixture(ControlAccess access, String... tokens) {
        edge =
                new HttpEdge(
                        new HttpConfig("127.0.0.1", 0, List.of("*"), List.of()),
                        List.of(
                                new ControlRoutes(
                                        new ScriptedDirectory(),
                                        new ControlConfig(access, List.of(tokens)))));
        edge.start();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    @Override
    public void close() {
        client.close();
        edge.stop();
    }
}
