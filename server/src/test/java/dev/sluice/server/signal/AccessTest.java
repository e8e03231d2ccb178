package dev.sluice.server.signal;

import static dev.sluice.server.http.ProblemAssert.assertProblem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.config.AuthConfig;
import dev.sluice.server.config.OpenAccess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

class AccessTest {

    private static final AuthConfig TOKENS =
            new AuthConfig(OpenAccess.NONE, List.of("publish1", "publish2"), List.of("watching"));

    @ParameterizedTest
    @ValueSource(strings = {"Bearer publish1", "Bearer publish2", "bearer publish1"})
    void aConfiguredTokenPublishes(String authorization) throws Exception {
        try (var edge = EdgeFixture.withAuth(TOKENS)) {
            var request = edge.offer("/whip/cam").header("Authorization", authorization);

            assertThat(edge.send(request).statusCode()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer publish",
                "Bearer publish11",
                "Bearer watching",
                "Bearer ",
                "Basic x"
            })
    void anotherTokenDoesNot(String authorization) throws Exception {
        try (var edge = EdgeFixture.withAuth(TOKENS)) {
            var request = edge.offer("/whip/cam").header("Authorization", authorization);
            HttpResponse<String> response = edge.send(request);

            assertProblem(response, 401);
            assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer realm=\"sluice\"");
            assertThat(edge.sessions.calls).isEmpty();
        }
    }

    @Test
    void aTokenToPublishIsNoneToWatch() throws Exception {
        try (var edge = EdgeFixture.withAuth(TOKENS)) {
            var publisher = edge.offer("/whep/cam").header("Authorization", "Bearer publish1");
            var viewer = edge.offer("/whep/cam").header("Authorization", "Bearer watching");

            assertProblem(edge.send(publisher), 401, "wrong-token");
            assertThat(edge.send(viewer).statusCode()).isEqualTo(201);
        }
    }

    @Test
    void patchAndDeleteAskForTheTokenToo() throws Exception {
        try (var edge = EdgeFixture.withAuth(TOKENS)) {
            assertProblem(edge.send(edge.patch("*", EdgeFixture.FRAGMENT)), 401, "token-needed");
            assertProblem(edge.send("DELETE", "/whip/cam/sessions/s3cret"), 401, "token-needed");
            assertProblem(edge.send("DELETE", "/whep/cam/sessions/s3cret"), 401, "token-needed");
            assertThat(edge.sessions.calls).isEmpty();
        }
    }

    @Test
    void withoutWatchTokensEverybodyWatches() throws Exception {
        try (var edge =
                EdgeFixture.withAuth(
                        new AuthConfig(OpenAccess.NONE, List.of("publish1"), List.of()))) {
            assertThat(edge.send(edge.offer("/whep/cam")).statusCode()).isEqualTo(201);
            assertProblem(edge.send(edge.offer("/whip/cam")), 401, "token-needed");
        }
    }

    @Test
    void theTokenIsAskedForBeforeTheOfferIsRead() throws Exception {
        try (var edge = EdgeFixture.withAuth(TOKENS)) {
            var request = edge.offer("/whip/cam").POST(BodyPublishers.ofString("rubbish"));

            assertProblem(edge.send(request), 401, "token-needed");
        }
    }

    @Test
    void programsAndPagesOfThisMachinePublishFreely() throws Exception {
        try (var edge = EdgeFixture.open()) {
            assertThat(edge.statusOfOffer("127.0.0.1:" + edge.port(), "")).isEqualTo(201);
            assertThat(edge.statusOfOffer("localhost", "")).isEqualTo(201);
            assertThat(edge.statusOfOffer("[::1]:8080", "")).isEqualTo(201);
            assertThat(edge.statusOfOffer("localhost", "Origin: http://localhost:3000\r\n"))
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 127.0.0.1",
                "Forwarded: for=127.0.0.1",
                "X-Real-IP: 127.0.0.1",
                "Via: 1.1 proxy",
                "Origin: https://example.org",
                "Origin: null",
                "Origin: http://localhost.example.org",
                "Origin: http://127.0.0.1.example.org"
            })
    void aProxyOrAForeignPageNeedsAToken(String header) throws Exception {
        try (var edge = EdgeFixture.open()) {
            assertThat(edge.statusOfOffer("localhost", header + "\r\n")).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.example.org",
                "192.0.2.7:8080",
                "localhost.example.org",
                "a@localhost"
            })
    void aForeignHostNameNeedsAToken(String host) throws Exception {
        try (var edge = EdgeFixture.open()) {
            assertThat(edge.statusOfOffer(host, "")).isIn(400, 401);
            assertThat(edge.sessions.calls).isEmpty();
        }
    }

    @Test
    void openToAnyAsksNobody() throws Exception {
        try (var edge =
                EdgeFixture.withAuth(new AuthConfig(OpenAccess.ANY, List.of(), List.of()))) {
            assertThat(edge.statusOfOffer("example.org", "Origin: https://example.org\r\n"))
                    .isEqualTo(201);
        }
    }
}
