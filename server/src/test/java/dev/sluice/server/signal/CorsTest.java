package dev.sluice.server.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;

class CorsTest {

    private static final String ALLOWED = "https://studio.example.org";

    @Test
    void aPreflightOfAnAllowedOriginIsGranted() throws Exception {
        try (var edge = EdgeFixture.withOrigins(ALLOWED)) {
            HttpResponse<String> response = preflight(edge, "/whip/cam", ALLOWED);

            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(header(response, "Access-Control-Allow-Origin")).hasValue(ALLOWED);
            assertThat(header(response, "Access-Control-Allow-Methods").orElseThrow())
                    .contains("POST");
            assertThat(header(response, "Access-Control-Allow-Headers").orElseThrow())
                    .contains("Authorization", "Content-Type", "If-Match");
            assertThat(header(response, "Accept-Post")).hasValue("application/sdp");
            assertThat(header(response, "Vary")).hasValue("Origin");
        }
    }

    @Test
    void aPreflightOfASessionAllowsPatchAndDelete() throws Exception {
        try (var edge = EdgeFixture.withOrigins("*")) {
            var response = preflight(edge, "/whep/cam/sessions/s3cret", "https://any.example");

            assertThat(header(response, "Access-Control-Allow-Origin")).hasValue("*");
            assertThat(header(response, "Access-Control-Allow-Methods").orElseThrow())
                    .contains("PATCH", "DELETE");
            assertThat(header(response, "Accept-Patch"))
                    .hasValue("application/trickle-ice-sdpfrag");
        }
    }

    @Test
    void anotherOriginGetsNothing() throws Exception {
        try (var edge = EdgeFixture.withOrigins(ALLOWED)) {
            var response = preflight(edge, "/whip/cam", "https://evil.example.org");

            assertThat(header(response, "Access-Control-Allow-Origin")).isEmpty();
            assertThat(header(response, "Access-Control-Allow-Methods")).isEmpty();
        }
    }

    @Test
    void aPageMayReadWhereItsSessionIs() throws Exception {
        try (var edge = EdgeFixture.withOrigins(ALLOWED)) {
            var response = edge.send(edge.offer("/whep/cam").header("Origin", ALLOWED));

            assertThat(header(response, "Access-Control-Expose-Headers").orElseThrow())
                    .contains("Location", "ETag", "Link", "Accept-Patch");
        }
    }

    @Test
    void aPageMayReadWhyItWasRefused() throws Exception {
        try (var edge = EdgeFixture.withOrigins(ALLOWED)) {
            var request =
                    edge.offer("/whep/cam")
                            .setHeader("Content-Type", "text/plain")
                            .header("Origin", ALLOWED);
            var response = edge.send(request);

            assertThat(response.statusCode()).isEqualTo(415);
            assertThat(header(response, "Access-Control-Allow-Origin")).hasValue(ALLOWED);
        }
    }

    @Test
    void optionsWithoutAnOriginTellsWhatIsAccepted() throws Exception {
        try (var edge = EdgeFixture.open()) {
            var response = edge.send("OPTIONS", "/whip/cam");

            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(header(response, "Allow")).hasValue("POST, OPTIONS");
            assertThat(header(response, "Accept-Post")).hasValue("application/sdp");
        }
    }

    private static HttpResponse<String> preflight(EdgeFixture edge, String path, String origin)
            throws Exception {
        return edge.send(
                edge.request(path)
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "POST"));
    }

    private static Optional<String> header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name);
    }
}
