package dev.sluice.server.signal;

import static dev.sluice.server.http.ProblemAssert.assertProblem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class WebPageTest {

    private final EdgeFixture edge = EdgeFixture.open();

    @AfterEach
    void stop() {
        edge.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/?watch=demo, text/html",
        "/style.css, text/css",
        "/js/app.js, text/javascript",
        "/favicon.svg, image/svg+xml"
    })
    void thePageAndItsPartsAreServed(String path, String contentType) throws Exception {
        HttpResponse<String> response = edge.send("GET", path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .startsWith(contentType);
        assertThat(response.headers().allValues("X-Content-Type-Options"))
                .containsExactly("nosniff");
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-cache");
    }

    @Test
    void everyFileOfThePageIsServed() throws Exception {
        Path root = Path.of(WebPageTest.class.getResource("/web").toURI());
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            assertThat(edge.send("GET", "/" + root.relativize(file)).body())
                    .isEqualTo(Files.readString(file));
        }
    }

    @Test
    void thePolicyAllowsNothingInlineAndNoOtherHost() throws Exception {
        String policy =
                edge.send("GET", "/").headers().firstValue("Content-Security-Policy").orElseThrow();

        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'")
                .doesNotContain("unsafe");
        assertThat(edge.send("GET", "/").body()).doesNotContain("style=", "onclick=", "<script>");
    }

    @Test
    void theServerDoesNotTellItsVersion() throws Exception {
        var headers = edge.send("GET", "/").headers();

        assertThat(headers.firstValue("Server")).isEmpty();
        assertThat(headers.firstValue("X-Powered-By")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/whip",
                "/whip/",
                "/whip/cam/sessions",
                "/web/index.html",
                "/js/none.js",
                "/logback.xml",
                "/sluice.yaml"
            })
    void whatIsNotThereIsAProblem(String path) throws Exception {
        assertProblem(edge.send("GET", path), 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../sluice.yaml",
                "/js/../../sluice.yaml",
                "/%2e%2e/sluice.yaml",
                "/..%2fsluice.yaml"
            })
    void nothingOutsideThePageIsServed(String path) throws Exception {
        String response =
                edge.exchange(
                        "GET "
                                + path
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(response).containsPattern("^HTTP/1.1 40[04] ").doesNotContain("allowedOrigins");
    }

    @Test
    void aMalformedRequestGetsAProblemToo() throws Exception {
        String response = edge.exchange("GET / HTTP/1.1\r\nHost: a\r\nBad Header\r\n\r\n");

        assertThat(response)
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json")
                .doesNotContainIgnoringCase("jetty");
    }
}
