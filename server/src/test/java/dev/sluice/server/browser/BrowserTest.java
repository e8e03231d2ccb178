package dev.sluice.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Page;

import dev.sluice.server.app.MediaServer;
import dev.sluice.server.app.StartException;
import dev.sluice.server.config.ConfigLoader;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One Chromium page publishes, others watch, all through the page that the server serves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {

    private static final String CONFIG =
            """
            http: {listen: 127.0.0.1, port: 0}
            media: {port: 0}
            auth: {open: loopback}
            """;

    /** Of what is sent; the rest is for counts that are up to a second apart. */
    private static final double DECODED_SHARE = 0.6;

    private Browsers browsers;
    private MediaServer server;
    private final List<StreamPage> pages = new ArrayList<>();

    @BeforeAll
    void startBrowser() {
        browsers = new Browsers();
    }

    @AfterAll
    void stopBrowser() {
        browsers.close();
    }

    @BeforeEach
    void startServer() throws StartException {
        server = new MediaServer(ConfigLoader.parse("test", CONFIG, Map.of()));
    }

    @AfterEach
    void stopServer() {
        pages.forEach(StreamPage::close);
        pages.clear();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"VP8", "H264", "VP9"})
    void aPageWatchesWhatAnotherPublishes(String codec) {
        StreamPage publisher = publish("camera", codec);
        StreamPage viewer = watch();

        viewer.awaitFrames(30);
        assertThat(shareDecoded(publisher, viewer)).isGreaterThan(DECODED_SHARE);
        assertThat(viewer.text("stats.video.codec")).isEqualTo(codec);
        assertThat(viewer.text("stats.transport.srtpCipher")).isEqualTo("SRTP_AEAD_AES_128_GCM");
        viewer.awaitAtLeast("stats.video.framesPerSecond", 10);
        viewer.awaitAtLeast("stats.audio.audioEnergy", 0.0001);
    }

    @Test
    void fiveViewersWatchAtOnce() {
        publish("test", "VP8");
        List<StreamPage> viewers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            viewers.add(watch());
        }
        viewers.forEach(viewer -> viewer.awaitFrames(20));
        viewers.forEach(viewer -> viewer.awaitAtLeast("stats.audio.audioEnergy", 0.0001));
    }

    @Test
    void aStreamIsPublishedAndWatchedAgainAfterBothLeft() {
        StreamPage publisher = publish("test", "VP8");
        StreamPage viewer = watch();
        viewer.awaitFrames(10);
        viewer.stop();
        publisher.stop();

        publish("test", "VP8");
        watch().awaitFrames(10);
    }

    @Test
    void deletingTheSessionEndsIt() throws IOException, InterruptedException {
        StreamPage publisher = publish("test", "VP8");
        StreamPage viewer = watch();
        viewer.awaitFrames(10);

        URI session = URI.create(publisher.text("sessionUrl"));
        URI namedAsViewer = URI.create(session.toString().replace("/whip/", "/whep/"));
        assertThat(delete(namedAsViewer)).isEqualTo(404);
        assertThat(delete(session)).isEqualTo(200);
        assertThat(delete(session)).isEqualTo(404);
        viewer.awaitGone();
    }

    @Test
    void theApiTellsHowBothSidesDo() throws IOException, InterruptedException {
        publish("test", "VP8");
        StreamPage viewer = watch();
        viewer.awaitFrames(120); // some reports of either side

        for (String role : List.of("publisher", "viewer")) {
            JsonNode session = get("/api/v1/sessions?role=" + role).path("sessions").get(0);
            JsonNode stats = get("/api/v1/sessions/" + session.path("id").asText() + "/stats");

            assertThat(session.path("health").path("level").asText())
                    .isIn("excellent", "good", "fair", "poor");
            assertThat(entry(stats, "candidate-pair").path("currentRoundTripTime").asDouble(-1))
                    .isBetween(0.0, 1.0);
            assertThat(entry(stats, "transport").path("srtpCipher").asText())
                    .isEqualTo(viewer.text("stats.transport.srtpCipher"));
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base() + path)).build();
            String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return JsonMapper.builder().build().readTree(body);
        }
    }

    private static JsonNode entry(JsonNode stats, String type) {
        for (JsonNode entry : stats.path("stats")) {
            if (entry.path("type").asText().equals(type)) {
                return entry;
            }
        }
        throw new AssertionError("no " + type + " in " + stats);
    }

    /**
     * Decoded of the encoded pictures while the viewer gets some more; both sides' counts are a
     * second old.
     */
    private static double shareDecoded(StreamPage publisher, StreamPage viewer) {
        double encodedBefore = publisher.number("stats.video.frames");
        double decodedBefore = viewer.number("stats.video.frames");
        viewer.awaitFrames(120);
        double decoded = viewer.number("stats.video.frames") - decodedBefore;
        return decoded / (publisher.number("stats.video.frames") - encodedBefore);
    }

    private static int delete(URI session) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(session).DELETE().build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private StreamPage publish(String source, String codec) {
        Page page = browsers.newPage();
        page.navigate(base() + "/?publish=demo&source=" + source + "&codec=" + codec);
        page.click("#start");
        return remember(page).awaitLive();
    }

    private StreamPage watch() {
        Page page = browsers.newPage();
        page.navigate(base() + "/?watch=demo");
        return remember(page).awaitLive();
    }

    private StreamPage remember(Page page) {
        StreamPage opened = new StreamPage(page);
        pages.add(opened);
        return opened;
    }

    private String base() {
        return "http://127.0.0.1:" + server.httpPort();
    }
}
