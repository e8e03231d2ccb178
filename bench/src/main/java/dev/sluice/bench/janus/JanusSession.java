package dev.sluice.bench.janus;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One session with one handle of the video room, by Janus's HTTP API; blocks. */
final class JanusSession {

    private static final Duration PATIENCE = Duration.ofSeconds(35);

    /** Events that come before the one that is waited for. */
    private static final int MAX_EVENTS = 20;

    private static final AtomicLong TRANSACTIONS = new AtomicLong();

    private final HttpClient http;
    private final URI session;
    private final URI handle;

    private JanusSession(HttpClient http, URI session, URI handle) {
        this.http = http;
        this.session = session;
        this.handle = handle;
    }

    /**
     * Begins a session.
     *
     * @param api of Janus, without a slash at the end
     */
    static JanusSession open(HttpClient http, URI api) throws IOException, InterruptedException {
        long id = post(http, api, request("create")).id();
        URI session = URI.create(api + "/" + id);
        ObjectNode attach = request("attach").put("plugin", "janus.plugin.videoroom");
        long handle = post(http, session, attach).id();
        return new JanusSession(http, session, URI.create(session + "/" + handle));
    }

    private static ObjectNode request(String what) {
        String transaction = "bench-" + TRANSACTIONS.incrementAndGet();
        return JanusMessage.object().put("janus", what).put("transaction", transaction);
    }

    /** Asks the room for something that it does at once. */
    JanusMessage ask(ObjectNode body) throws IOException, InterruptedException {
        ObjectNode request = request("message");
        request.set("body", body);
        return post(http, handle, request);
    }

    /**
     * Asks the room for something that it tells the end of by an event.
     *
     * @param type of the description: offer or answer; empty without one
     */
    JanusMessage ask(ObjectNode body, String type, String sdp)
            throws IOException, InterruptedException {
        ObjectNode request = request("message");
        request.set("body", body);
        if (!type.isEmpty()) {
            // All candidates are in the description.
            request.putObject("jsep").put("type", type).put("sdp", sdp).put("trickle", false);
        }
        JanusMessage answer = post(http, handle, request);
        return answer.isAck() ? event(request.path("transaction").asText()) : answer;
    }

    private JanusMessage event(String transaction) throws IOException, InterruptedException {
        URI events = URI.create(session + "?maxev=1");
        for (int i = 0; i < MAX_EVENTS; i++) {
            JanusMessage event = send(http, HttpRequest.newBuilder(events).GET());
            if (event.isOf(transaction)) {
                return event;
            }
        }
        throw new IOException("Janus did not say how its room took a request");
    }

    /** Ends the session, its handle and its peer connection. */
    void destroy() throws IOException, InterruptedException {
        JanusMessage _ = post(http, session, request("destroy"));
    }

    private static JanusMessage post(HttpClient http, URI uri, ObjectNode body)
            throws IOException, InterruptedException {
        return send(
                http,
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private static JanusMessage send(HttpClient http, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        return JanusMessage.read(response.body());
    }
}
