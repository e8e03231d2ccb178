package dev.sluice.bench.janus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;

/** What Janus's HTTP API says and is told. */
final class JanusMessage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode node;

    private JanusMessage(JsonNode node) {
        this.node = node;
    }

    /**
     * Reads an answer or an event.
     *
     * @throws IOException when Janus, or its plugin, tells an error; the message has it
     */
    static JanusMessage read(String text) throws IOException {
        JsonNode node = JSON.readTree(text);
        JsonNode error = node.path("error");
        if (!error.isMissingNode()) {
            throw new IOException(
                    "Janus refuses (%d): %s"
                            .formatted(error.path("code").asInt(), error.path("reason").asText()));
        }
        JsonNode data = node.path("plugindata").path("data");
        if (data.has("error")) {
            throw new IOException(
                    "Janus's video room refuses (%d): %s"
                            .formatted(
                                    data.path("error_code").asInt(), data.path("error").asText()));
        }
        return new JanusMessage(node);
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The id of what was made: a session or a handle. */
    long id() {
        return node.path("data").path("id").asLong();
    }

    boolean isOf(String transaction) {
        return node.path("transaction").asText().equals(transaction);
    }

    /** Whether the request was taken and its answer comes as an event. */
    boolean isAck() {
        return node.path("janus").asText().equals("ack");
    }

    /** The id of the publisher, as its room knows it. */
    long publisherId() {
        return node.path("plugindata").path("data").path("id").asLong();
    }

    /**
     * The session description that came along.
     *
     * @throws IOException when there is none
     */
    String sdp() throws IOException {
        JsonNode sdp = node.path("jsep").path("sdp");
        if (!sdp.isTextual()) {
            throw new IOException("Janus gave no session description: " + node);
        }
        return sdp.asText();
    }
}
