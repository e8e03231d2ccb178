package dev.sluice.server.signal;

import static dev.sluice.server.http.ProblemAssert.assertProblem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.sluice.server.config.IceServer;
import dev.sluice.server.router.OfferOutcome;
import dev.sluice.server.router.OfferOutcome.Reason;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

class OfferTest {

    private final EdgeFixture edge = EdgeFixture.open();

    @AfterEach
    void stop() {
        edge.close();
    }

    @ParameterizedTest
    @CsvSource({"/whip/cam, publish cam", "/whep/cam, watch cam"})
    void anOfferMakesASession(String path, String call) throws Exception {
        HttpResponse<String> response = edge.send(edge.offer(path));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo(ScriptedSessions.ANSWER);
        assertThat(header(response, "Content-Type")).isEqualTo("application/sdp");
        assertThat(header(response, "Location")).isEqualTo(path + "/sessions/s3cret");
        assertThat(header(response, "ETag")).isEqualTo("\"gen1\"");
        assertThat(header(response, "Accept-Patch")).isEqualTo("application/trickle-ice-sdpfrag");
        assertThat(edge.sessions.calls).containsExactly(call);
    }

    @Test
    void iceServersComeAsLinks() throws Exception {
        var stun = new IceServer(List.of("stun:stun.example.net"), null, null);
        var turn = new IceServer(List.of("turn:turn.example.net?transport=udp"), "al", "p\"w\\");
        try (var withServers = EdgeFixture.withIceServers(stun, turn)) {
            HttpResponse<String> response = withServers.send(withServers.offer("/whip/cam"));

            assertThat(response.headers().allValues("Link"))
                    .containsExactly(
                            "<stun:stun.example.net>; rel=\"ice-server\"",
                            "<turn:turn.example.net?transport=udp>; rel=\"ice-server\";"
                                    + " username=\"al\"; credential=\"p\\\"w\\\\\";"
                                    + " credential-type=\"password\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STREAM_TAKEN, 409, stream-taken",
        "NOBODY_PUBLISHES, 404, nobody-publishes",
        "UNACCEPTABLE_OFFER, 422, unacceptable-offer",
        "SERVER_FULL, 503, server-full",
        "SHUTTING_DOWN, 503, shutting-down"
    })
    void aRefusedOfferSaysWhy(Reason reason, int status, String type) throws Exception {
        edge.sessions.offerOutcome = new OfferOutcome.Refused(reason, "the \"very\" reason");

        HttpResponse<String> response = edge.send(edge.offer("/whep/cam"));

        assertProblem(response, status, type);
        assertThat(response.body()).contains("the \\\"very\\\" reason");
        assertThat(response.headers().firstValue("Retry-After").isPresent())
                .isEqualTo(status == 503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/sdpx"})
    void onlySdpIsTaken(String contentType) throws Exception {
        var request = edge.offer("/whip/cam").setHeader("Content-Type", contentType);

        assertProblem(edge.send(request), 415);
        assertThat(edge.sessions.calls).isEmpty();
    }

    @Test
    void aBodyWithNoTypeIsRefused() throws Exception {
        assertProblem(
                edge.send(edge.request("/whip/cam").POST(BodyPublishers.ofString("v=0\r\n"))), 415);
    }

    @Test
    void theTypeMayHaveParametersAndCapitals() throws Exception {
        var request =
                edge.offer("/whip/cam").setHeader("Content-Type", "Application/SDP; charset=utf-8");

        assertThat(edge.send(request).statusCode()).isEqualTo(201);
    }

    @Test
    void aClientThatTakesNoSdpIsRefused() throws Exception {
        assertProblem(edge.send(edge.offer("/whip/cam").header("Accept", "text/html")), 406);
        assertThat(edge.sessions.calls).isEmpty();
    }

    @Test
    void malformedSdpIsRefusedWithItsLine() throws Exception {
        var request =
                edge.offer("/whip/cam")
                        .POST(BodyPublishers.ofString(EdgeFixture.OFFER + "not a line\r\n"));

        JsonNode problem = assertProblem(edge.send(request), 400);

        assertThat(problem.path("line").asInt()).isEqualTo(5);
        assertThat(problem.path("detail").asText()).contains("line 5");
    }

    @Test
    void aMalformedAttributeIsRefusedWithItsLineAndItsForm() throws Exception {
        String section = "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus\r\n";
        var request =
                edge.offer("/whip/cam").POST(BodyPublishers.ofString(EdgeFixture.OFFER + section));

        JsonNode problem = assertProblem(edge.send(request), 400);

        assertThat(problem.path("line").asInt()).isEqualTo(6);
        assertThat(problem.path("detail").asText())
                .isEqualTo(
                        "The offer is malformed in line 6: expected a=rtpmap:<payload type>"
                                + " <encoding name>/<clock rate>[/<channels>], found 'a=rtpmap:111"
                                + " opus'");
    }

    @Test
    void anEmptyOfferIsRefused() throws Exception {
        assertProblem(edge.send(edge.offer("/whip/cam").POST(BodyPublishers.noBody())), 400);
    }

    @Test
    void aBodyOver64KibibytesIsRefused() throws Exception {
        var request = edge.offer("/whip/cam").POST(BodyPublishers.ofByteArray(new byte[65_537]));

        assertProblem(edge.send(request), 413);
    }

    @Test
    void aChunkedBodyOver64KibibytesIsRefused() throws Exception {
        var request =
                edge.offer("/whip/cam")
                        .POST(
                                BodyPublishers.ofInputStream(
                                        () -> new ByteArrayInputStream(new byte[300_000])));

        assertProblem(edge.send(request), 413);
        assertThat(edge.sessions.calls).isEmpty();
    }

    @Test
    void aBodyOf64KibibytesIsRead() throws Exception {
        String padding = "a=x\r\n".repeat((65_536 - EdgeFixture.OFFER.length()) / 5);
        byte[] body = (EdgeFixture.OFFER + padding).getBytes(StandardCharsets.US_ASCII);

        int status =
                edge.send(edge.offer("/whip/cam").POST(BodyPublishers.ofByteArray(body)))
                        .statusCode();

        assertThat(status).isNotEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/whip/a%20b", "/whip/caf%C3%A9", "/whep/a%2Fb", "/whip/a%0Ab", "/whip/a$"})
    void aNameThatIsNoneIsRefused(String path) throws Exception {
        assertThat(edge.send(edge.offer(path)).statusCode()).isEqualTo(400);
        assertThat(edge.sessions.calls).isEmpty();
    }

    @Test
    void aNameOf64CharactersIsTheLongest() throws Exception {
        assertThat(edge.send(edge.offer("/whip/" + "a".repeat(64))).statusCode()).isEqualTo(201);
        assertProblem(edge.send(edge.offer("/whip/" + "a".repeat(65))), 400, "stream-name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void otherMethodsAreNotAllowed(String method) throws Exception {
        HttpResponse<String> response = edge.send(method, "/whip/cam");

        assertProblem(response, 405);
        assertThat(header(response, "Allow")).isEqualTo("POST, OPTIONS");
    }

    @Test
    void aDefectTellsNothingOfItself() throws Exception {
        edge.sessions.offerOutcome = null;

        HttpResponse<String> response = edge.send(edge.offer("/whip/cam"));

        assertProblem(response, 500);
        assertThat(response.body()).doesNotContain("NullPointer");
    }

    @Test
    void aBodyThatBreaksOffIsRefused() throws Exception {
        String response =
                edge.exchange(
                        "POST /whip/cam HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/sdp\r\nContent-Length: 99\r\n\r\nv=0");

        assertThat(response).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
        assertThat(edge.sessions.calls).isEmpty();
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }
}
