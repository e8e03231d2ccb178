package dev.sluice.server.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What the server itself says of its viewers: for the reader of a run, not for its bars. */
final class ServerStats implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BITS_PER_KBIT = 1_000;
    private static final double MILLIS = 1_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI sessions;

    ServerStats(int httpPort) {
        sessions = URI.create("http://127.0.0.1:%d/api/v1/sessions".formatted(httpPort));
    }

    /** The ids of the viewers. */
    List<String> viewers() throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        JsonNode found = get(URI.create(sessions + "?role=viewer")).path("sessions");
        found.forEach(session -> ids.add(session.path("id").asText()));
        return ids;
    }

    /** In short: what the estimate allows, and what tells of the network. */
    String of(String viewer) {
        try {
            JsonNode stats = get(URI.create(sessions + "/" + viewer + "/stats")).path("stats");
            JsonNode pair = first(stats, entry -> is(entry, "type", "candidate-pair"));
            JsonNode video =
                    first(
                            stats,
                            entry ->
                                    is(entry, "type", "outbound-rtp")
                                            && is(entry, "kind", "video"));
            return String.format(
                    Locale.ROOT,
                    "target %5d kbit/s, pacer %3.0f ms, loss %4.1f %%, rtt %3.0f ms%s%s, layer %s,"
                        + " %s, %d packets, %d retransmitted",
                    pair.path("availableOutgoingBitrate").asLong() / BITS_PER_KBIT,
                    pair.path("pacerDelay").asDouble() * MILLIS,
                    pair.path("fractionLost").asDouble() * 100,
                    pair.path("currentRoundTripTime").asDouble() * MILLIS,
                    pair.path("applicationLimited").asBoolean() ? ", application-limited" : "",
                    pair.path("feedbackLost").asBoolean() ? ", FEEDBACK LOST" : "",
                    video.path("encodingId").asText("-"),
                    video.path("active").asBoolean() ? "active" : "PAUSED",
                    video.path("packetsSent").asLong(),
                    video.path("retransmittedPacketsSent").asLong());
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static JsonNode first(JsonNode entries, Predicate<JsonNode> wanted) {
        for (JsonNode entry : entries) {
            if (wanted.test(entry)) {
                return entry;
            }
        }
        return JSON.createObjectNode();
    }

    private static boolean is(JsonNode entry, String member, String value) {
        return entry.path(member).asText().equals(value);
    }

    private JsonNode get(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        http.close();
    }
}
