package dev.sluice.server.signal;

import static dev.sluice.server.http.ProblemAssert.assertProblem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

class StatusRoutesTest {

    private final EdgeFixture edge = EdgeFixture.open();

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    void healthIsGoodWhileTheServerLives() throws Exception {
        edge.isReady = false;

        HttpResponse<String> response = edge.send("GET", "/health");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"alive\"}");
    }

    @Test
    void readinessFollowsTheServer() throws Exception {
        assertThat(edge.send("GET", "/ready").statusCode()).isEqualTo(200);

        edge.isReady = false;

        HttpResponse<String> response = edge.send("GET", "/ready");
        assertProblem(response, 503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void metricsAreServedToThisMachine() throws Exception {
        HttpResponse<String> response = edge.send("GET", "/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("up 1\n");
        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .isEqualToIgnoringCase("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void metricsAreRefusedToWhatAProxyForwards() throws Exception {
        assertProblem(
                edge.send(edge.request("/metrics").header("X-Forwarded-For", "192.0.2.1")), 403);
    }

    @Test
    void metricsForAllAreServedToWhatAProxyForwards() throws Exception {
        try (var open = EdgeFixture.withMetricsForAll()) {
            var request = open.request("/metrics").header("X-Forwarded-For", "192.0.2.1");

            assertThat(open.send(request).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void headHasNoBody() throws Exception {
        HttpResponse<String> response = edge.send("HEAD", "/health");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ready", "/metrics"})
    void postIsNotAllowed(String path) throws Exception {
        HttpResponse<String> response = edge.send("POST", path);

        assertProblem(response, 405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    }
}
