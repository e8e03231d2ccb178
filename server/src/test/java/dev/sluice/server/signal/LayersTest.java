package dev.sluice.server.signal;

import static dev.sluice.server.http.ProblemAssert.assertProblem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.sluice.server.config.AuthConfig;
import dev.sluice.server.config.OpenAccess;
import dev.sluice.server.router.LayerOutcome;
import dev.sluice.server.router.LayerWish;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

class LayersTest {

    private static final String PATH = "/whep/cam/sessions/s3cret/layers";
    private static final int ANY = LayerWish.ANY;

    private final EdgeFixture edge = EdgeFixture.open();

    @AfterEach
    void stop() {
        edge.close();
    }

    private HttpResponse<String> send(String method, String type, String body) throws Exception {
        return edge.send(
                edge.request(PATH)
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send("POST", "application/json", body);
    }

    @Test
    void aViewersSessionTellsWhereItsLayersAre() throws Exception {
        var watched = edge.send(edge.offer("/whep/cam"));
        var published = edge.send(edge.offer("/whip/cam"));

        assertThat(watched.headers().allValues("Link"))
                .containsExactly("<" + PATH + ">; rel=\"urn:ietf:params:whep:ext:core:layer\"");
        assertThat(published.headers().allValues("Link")).isEmpty();
    }

    @Test
    void getTellsTheLayersThatThereAre() throws Exception {
        edge.sessions.wish = new LayerWish("h", ANY, ANY, ANY, ANY, ANY, 360, ANY);

        HttpResponse<String> response = edge.send("GET", PATH);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode track = JsonMapper.builder().build().readTree(response.body()).path("1");
        assertThat(track.path("active"))
                .hasToString(
                        "[{\"id\":\"l\",\"simulcastIdx\":0,\"bitrate\":150000,"
                                + "\"width\":320,\"height\":180}]");
        assertThat(track.path("inactive")).hasToString("[{\"id\":\"h\",\"simulcastIdx\":1}]");
        assertThat(track.path("layers").findValuesAsText("encodingId"))
                .containsExactly("l", "l", "h");
        assertThat(track.path("layers").get(1))
                .hasToString(
                        "{\"encodingId\":\"l\",\"simulcastIdx\":0,\"spatialLayerId\":0,"
                                + "\"temporalLayerId\":1,\"bitrate\":150000,\"width\":320,"
                                + "\"height\":180,\"forwarded\":true}");
        assertThat(track.path("wish")).hasToString("{\"encodingId\":\"h\",\"maxHeight\":360}");
        assertThat(edge.sessions.calls).containsExactly("layers VIEWER cam s3cret");
    }

    @Test
    void aPostSaysAllThatIsWanted() throws Exception {
        edge.sessions.wish = new LayerWish("l", ANY, ANY, ANY, ANY, 320, ANY, ANY);

        var response =
                post(
                        "{\"mediaId\":\"1\",\"encodingId\":\"h\",\"spatialLayerId\":1,"
                                + "\"temporalLayerId\":2,\"maxSpatialLayerId\":3,"
                                + "\"maxTemporalLayerId\":4,\"maxHeight\":720,"
                                + "\"maxBitrate\":900000}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(edge.sessions.wish).isEqualTo(new LayerWish("h", 1, 2, 3, 4, ANY, 720, 900_000));
        assertThat(edge.sessions.calls).first().isEqualTo("wish 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"mediaId\":\"1\"}", "{\"encodingId\":null,\"maxWidth\":null}"})
    void aPostWithoutLimitsIsAutomatic(String body) throws Exception {
        edge.sessions.wish = new LayerWish("l", ANY, ANY, ANY, ANY, 320, ANY, ANY);

        assertThat(post(body).statusCode()).isEqualTo(200);
        assertThat(edge.sessions.wish).isEqualTo(LayerWish.AUTOMATIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/merge-patch+json"})
    void aPatchChangesWhatItNames(String type) throws Exception {
        edge.sessions.wish = new LayerWish("l", ANY, ANY, ANY, 1, 320, ANY, ANY);

        var response = send("PATCH", type, "{\"rid\":null,\"maxHeight\":180}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(edge.sessions.wish)
                .isEqualTo(new LayerWish("", ANY, ANY, ANY, 1, 320, 180, ANY));
        assertThat(edge.sessions.calls).first().isEqualTo("wish null");
    }

    @Test
    void aDeleteGoesBackToAutomatic() throws Exception {
        edge.sessions.wish = new LayerWish("l", ANY, ANY, ANY, ANY, ANY, ANY, ANY);

        assertThat(edge.send("DELETE", PATH).statusCode()).isEqualTo(200);
        assertThat(edge.sessions.wish).isEqualTo(LayerWish.AUTOMATIC);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"maxHeight\":0} | maxHeight | 0; accepted: a whole number from 1 to 65535",
                "{\"maxHeight\":\"360\"} | maxHeight | \"360\"",
                "{\"maxWidth\":1.5} | maxWidth | 1.5",
                "{\"maxBitrate\":1e30} | maxBitrate | accepted: a whole number from 1000",
                "{\"temporalLayerId\":-1} | temporalLayerId | from 0 to 7",
                "{\"encodingId\":\"a b\"} | encodingId | a RID",
                "{\"encodingId\":7} | encodingId | a RID",
                "{\"mediaId\":[]} | mediaId | the mid of a video section",
                "{\"maxHight\":360} | maxHight | accepted: mediaId, encodingId, spatialLayerId",
            })
    void aWishThatCannotBeSaysWhatWhereAndWhatWasExpected(String body, String member, String detail)
            throws Exception {
        JsonNode problem = assertProblem(post(body), 400);

        assertThat(problem.path("type").asText()).endsWith(":layer-wish");
        assertThat(problem.path("member").asText()).isEqualTo(member);
        assertThat(problem.path("detail").asText()).startsWith(member).contains(detail);
        assertThat(edge.sessions.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "{} {}", "{\"rid\":\"a\",\"rid\":\"b\"}"})
    void whatIsNoJsonObjectIsRefused(String body) throws Exception {
        assertProblem(post(body), 400, "malformed-json");
    }

    @Test
    void malformedJsonIsRefusedWithItsPlace() throws Exception {
        JsonNode problem = assertProblem(post("{\n  \"maxHeight\": x}"), 400);

        assertThat(problem.path("line").asInt()).isEqualTo(2);
    }

    @Test
    void onlyJsonIsTaken() throws Exception {
        assertProblem(send("POST", "application/sdp", "{}"), 415);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_SESSION, 404, unknown-session",
        "UNKNOWN_MEDIA, 404, unknown-media",
        "UNKNOWN_LAYER, 422, unknown-layer"
    })
    void whatTheEngineRefusesSaysWhy(LayerOutcome.Reason reason, int status, String type)
            throws Exception {
        edge.sessions.layerRefusal = new LayerOutcome.Refused(reason, "the reason");

        HttpResponse<String> response = post("{}");

        assertProblem(response, status, type);
        assertThat(response.body()).contains("the reason");
    }

    @Test
    void layersAskForTheSameTokenAsWatching() throws Exception {
        var auth = new AuthConfig(OpenAccess.NONE, List.of(), List.of("watch-token"));
        try (var guarded = EdgeFixture.withAuth(auth)) {
            assertProblem(guarded.send("GET", PATH), 401, "token-needed");
            var request = guarded.request(PATH).header("Authorization", "Bearer watch-token");
            assertThat(guarded.send(request).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPageMayWish() throws Exception {
        try (var open = EdgeFixture.withOrigins("https://page.example")) {
            var response =
                    open.send(
                            open.request(PATH)
                                    .header("Origin", "https://page.example")
                                    .method("OPTIONS", BodyPublishers.noBody()));

            assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
                    .hasValue("GET, HEAD, POST, PATCH, DELETE, OPTIONS");
            assertThat(response.headers().firstValue("Accept-Patch"))
                    .hasValue("application/merge-patch+json, application/json");
        }
    }

    @Test
    void theQueryOfAnOfferIsAWish() throws Exception {
        var request = edge.offer("/whep/cam?maxHeight=360&maxBitrate=500000&other=x");

        assertThat(edge.send(request).statusCode()).isEqualTo(201);
        assertThat(edge.sessions.wish)
                .isEqualTo(new LayerWish("", ANY, ANY, ANY, ANY, ANY, 360, 500_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxHeight=",
                "maxHeight=tall",
                "maxHeight=0",
                "maxHeight=-1",
                "maxHeight=99999999999999999999",
                "maxHeight=1&maxHeight=2"
            })
    void aQueryThatIsNoWishIsRefused(String query) throws Exception {
        HttpResponse<String> response = edge.send(edge.offer("/whep/cam?" + query));

        JsonNode problem = assertProblem(response, 400);
        assertThat(problem.path("member").asText()).isEqualTo("maxHeight");
        assertThat(edge.sessions.calls).isEmpty();
    }

    @Test
    void whoHasTheUrlOfASessionMayReadItsStatistics() throws Exception {
        var response = edge.send("GET", "/whip/cam/sessions/s3cret/stats");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"inbound-rtp\"").doesNotContain("s3cret");
        assertProblem(
                edge.send("GET", "/whip/other/sessions/s3cret/stats"), 404, "unknown-session");
        assertProblem(edge.send("GET", "/whep/cam/sessions/guess/stats"), 404, "unknown-session");
    }
}
