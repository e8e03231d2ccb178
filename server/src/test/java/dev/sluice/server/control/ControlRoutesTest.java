package dev.sluice.server.control;

import static dev.sluice.server.http.ProblemAssert.assertProblem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.sluice.server.config.ControlAccess;
import dev.sluice.server.router.ScriptedDirectory;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;

class ControlRoutesTest {

    private static final String SESSIONS = "/api/v1/sessions";
    private static final String PUBLISHER = SESSIONS + "/" + ScriptedDirectory.PUBLISHER_ID;
    private static final String VIEWER = SESSIONS + "/" + ScriptedDirectory.VIEWER_ID;

    private final ControlFixture control = new ControlFixture(ControlAccess.LOOPBACK);

    @AfterEach
    void stop() {
        control.close();
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response = control.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return JsonMapper.builder().build().readTree(response.body());
    }

    private static JsonNode entry(JsonNode stats, String type) {
        for (JsonNode entry : stats.path("stats")) {
            if (entry.path("type").asText().equals(type)) {
                return entry;
            }
        }
        throw new AssertionError("no " + type + " in " + stats);
    }

    @Test
    void theListTellsRoleStreamAndHealthOfEachSession() throws Exception {
        JsonNode sessions = get(SESSIONS).path("sessions");

        assertThat(sessions).hasSize(2);
        JsonNode publisher = sessions.get(0);
        assertThat(publisher.path("id").asText()).isEqualTo(ScriptedDirectory.PUBLISHER_ID);
        assertThat(publisher.path("state").asText()).isEqualTo("connected");
        assertThat(publisher.path("role").asText()).isEqualTo("publisher");
        assertThat(publisher.path("stream").asText()).isEqualTo("cam");
        assertThat(Instant.parse(publisher.path("since").asText()))
                .isBetween(Instant.now().minusSeconds(120), Instant.now().minusSeconds(90));
        JsonNode health = publisher.path("health");
        assertThat(health.path("level").asText()).isEqualTo("good");
        assertThat(health.path("score").asInt()).isEqualTo(71);
        assertThat(health.path("roundTripTime").asDouble()).isEqualTo(0.06);
        assertThat(health.path("fractionLost").asDouble()).isEqualTo(0.004);
        assertThat(health.path("jitter").asDouble()).isEqualTo(0.003);
    }

    @Test
    void whatIsNotKnownIsLeftOut() throws Exception {
        JsonNode health = get(VIEWER).path("health");

        assertThat(health.path("level").asText()).isEqualTo("unknown");
        assertThat(health.has("score")).isFalse();
        assertThat(health.has("roundTripTime")).isFalse();
        assertThat(health.has("fractionLost")).isFalse();
    }

    @Test
    void theListCanBeNarrowed() throws Exception {
        assertThat(get(SESSIONS + "?role=viewer").path("sessions")).hasSize(1);
        assertThat(get(SESSIONS + "?stream=cam&role=publisher").path("sessions")).hasSize(1);
        assertThat(get(SESSIONS + "?stream=other").path("sessions")).isEmpty();
        assertThat(
                        assertProblem(control.get(SESSIONS + "?role=admin"), 400)
                                .path("detail")
                                .asText())
                .contains("admin", "publisher, viewer");
    }

    @Test
    void whatAPublisherSendsHasTheNamesOfTheW3c() throws Exception {
        JsonNode stats = get(PUBLISHER + "/stats");

        JsonNode inbound = entry(stats, "inbound-rtp");
        assertThat(inbound.path("id").asText()).isEqualTo("I4660");
        assertThat(inbound.path("timestamp").asLong())
                .isCloseTo(
                        Instant.now().toEpochMilli(), Offset.offset(60_000L));
        assertThat(inbound.path("ssrc").asLong()).isEqualTo(0x1234);
        assertThat(inbound.path("kind").asText()).isEqualTo("video");
        assertThat(inbound.path("mid").asText()).isEqualTo("1");
        assertThat(inbound.path("rid").asText()).isEqualTo("h");
        assertThat(inbound.path("packetsReceived").asLong()).isEqualTo(500);
        assertThat(inbound.path("bytesReceived").asLong()).isEqualTo(400_000);
        assertThat(inbound.path("headerBytesReceived").asLong()).isEqualTo(10_000);
        assertThat(inbound.path("packetsLost").asLong()).isEqualTo(7);
        assertThat(inbound.path("jitter").asDouble()).isEqualTo(0.003);
        assertThat(inbound.path("retransmittedPacketsReceived").asLong()).isEqualTo(3);
        assertThat(inbound.path("framesReceived").asLong()).isEqualTo(90);
        assertThat(inbound.path("nackCount").asLong()).isEqualTo(4);
        assertThat(inbound.path("pliCount").asLong()).isEqualTo(2);
        assertThat(inbound.path("firCount").asLong()).isZero();

        JsonNode codec = entry(stats, "codec");
        assertThat(inbound.path("codecId")).isEqualTo(codec.path("id"));
        assertThat(codec.path("mimeType").asText()).isEqualTo("video/VP8");
        assertThat(codec.path("payloadType").asInt()).isEqualTo(96);
        assertThat(codec.path("clockRate").asInt()).isEqualTo(90_000);
        assertThat(codec.path("sdpFmtpLine").asText()).isEqualTo("max-fs=3600");

        JsonNode remote = entry(stats, "remote-outbound-rtp");
        assertThat(inbound.path("remoteId")).isEqualTo(remote.path("id"));
        assertThat(remote.path("localId")).isEqualTo(inbound.path("id"));
        assertThat(remote.path("packetsSent").asLong()).isEqualTo(510);
        assertThat(remote.path("roundTripTime").asDouble()).isEqualTo(0.06);
        assertThat(remote.path("totalRoundTripTime").asDouble()).isEqualTo(0.12);
        assertThat(remote.path("roundTripTimeMeasurements").asInt()).isEqualTo(2);
    }

    @Test
    void whatAViewerGetsHasTheNamesOfTheW3c() throws Exception {
        JsonNode stats = get(VIEWER + "/stats");

        JsonNode outbound = entry(stats, "outbound-rtp");
        assertThat(outbound.path("ssrc").asLong()).isEqualTo(0x5678);
        assertThat(outbound.path("encodingId").asText()).isEqualTo("h");
        assertThat(outbound.path("packetsSent").asLong()).isEqualTo(503);
        assertThat(outbound.path("bytesSent").asLong()).isEqualTo(403_000);
        assertThat(outbound.path("retransmittedPacketsSent").asLong()).isEqualTo(3);
        assertThat(outbound.path("nackCount").asLong()).isEqualTo(2);
        assertThat(outbound.path("firCount").asLong()).isEqualTo(1);

        JsonNode remote = entry(stats, "remote-inbound-rtp");
        assertThat(remote.path("localId")).isEqualTo(outbound.path("id"));
        assertThat(remote.path("fractionLost").asDouble()).isEqualTo(0.25);
        assertThat(remote.path("packetsLost").asLong()).isEqualTo(12);
        assertThat(remote.path("jitter").asDouble()).isEqualTo(0.01);
        assertThat(remote.path("roundTripTime").asDouble()).isEqualTo(0.08);
    }

    @Test
    void theTransportTellsKeysPathAndEstimate() throws Exception {
        JsonNode stats = get(VIEWER + "/stats");

        JsonNode transport = entry(stats, "transport");
        assertThat(transport.path("dtlsState").asText()).isEqualTo("connected");
        assertThat(transport.path("dtlsRole").asText()).isEqualTo("server");
        assertThat(transport.path("iceState").asText()).isEqualTo("connected");
        assertThat(transport.path("iceRole").asText()).isEqualTo("controlled");
        assertThat(transport.path("srtpCipher").asText()).isEqualTo("SRTP_AEAD_AES_128_GCM");
        JsonNode pair = entry(stats, "candidate-pair");
        assertThat(transport.path("selectedCandidatePairId")).isEqualTo(pair.path("id"));
        assertThat(pair.path("availableOutgoingBitrate").asLong()).isEqualTo(2_000_000);
        assertThat(pair.path("bytesSent").asLong()).isEqualTo(1_000);
        assertThat(pair.has("currentRoundTripTime")).isFalse();
        JsonNode remote = entry(stats, "remote-candidate");
        assertThat(pair.path("remoteCandidateId")).isEqualTo(remote.path("id"));
        assertThat(remote.path("address").asText()).isEqualTo("192.0.2.7");
        assertThat(remote.path("protocol").asText()).isEqualTo("udp");
        assertThat(
                        entry(get(PUBLISHER + "/stats"), "candidate-pair")
                                .path("currentRoundTripTime")
                                .asDouble())
                .isEqualTo(0.06);
    }

    @Test
    void changesOfHealthAreRemembered() throws Exception {
        JsonNode change = get(PUBLISHER + "/stats").path("healthHistory").get(0);

        assertThat(change.path("from").asText()).isEqualTo("unknown");
        assertThat(change.path("to").asText()).isEqualTo("good");
        assertThat(change.path("score").asInt()).isEqualTo(71);
    }

    @Test
    void theIdOfTheUrlIsNeitherToldNorTaken() throws Exception {
        assertThat(control.get(SESSIONS).body()).doesNotContain(ScriptedDirectory.SECRET);
        assertThat(control.get(PUBLISHER + "/stats").body())
                .doesNotContain(ScriptedDirectory.SECRET);
        assertProblem(
                control.get(SESSIONS + "/" + ScriptedDirectory.SECRET + "/stats"),
                404,
                "unknown-session");
    }

    @Test
    void othersThanThisMachineAreRefused() throws Exception {
        var forwarded = control.request(SESSIONS).header("X-Forwarded-For", "192.0.2.1");
        assertProblem(control.send(forwarded), 403);
        var page = control.request(SESSIONS).header("Origin", "https://evil.example");
        assertProblem(control.send(page), 403);
    }

    @Test
    void withTokensEveryRequestNeedsOne() throws Exception {
        try (var guarded = new ControlFixture(ControlAccess.ANY, "operator-secret")) {
            var none = guarded.get(SESSIONS);
            assertProblem(none, 401, "token-needed");
            assertThat(none.headers().firstValue("WWW-Authenticate")).isPresent();
            var wrong = guarded.request(SESSIONS).header("Authorization", "Bearer another-one");
            assertProblem(guarded.send(wrong), 401, "wrong-token");
            var right =
                    guarded.request(SESSIONS)
                            .header("Authorization", "Bearer operator-secret")
                            .header("X-Forwarded-For", "192.0.2.1");
            assertThat(guarded.send(right).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aTokenDoesNotOpenWhatIsForThisMachine() throws Exception {
        try (var guarded = new ControlFixture(ControlAccess.LOOPBACK, "operator-secret")) {
            var request =
                    guarded.request(SESSIONS)
                            .header("Authorization", "Bearer operator-secret")
                            .header("X-Forwarded-For", "192.0.2.1");
            assertProblem(guarded.send(request), 403);
            assertProblem(guarded.get(SESSIONS), 401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/sessions", "/api/v1/sessions/x", "/api/v1/sessions/x/stats"})
    void nothingCanBeChanged(String path) throws Exception {
        var response =
                control.send(control.request(path).method("DELETE", BodyPublishers.noBody()));

        assertProblem(response, 405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    }

    @Test
    void theDescriptionNamesEveryResource() throws Exception {
        JsonNode api = get("/api/v1/openapi.json");

        assertThat(api.path("openapi").asText()).startsWith("3.1");
        assertThat(api.path("paths").fieldNames())
                .toIterable()
                .containsExactly(
                        "/sessions", "/sessions/{id}", "/sessions/{id}/stats", "/openapi.json");
    }
}
