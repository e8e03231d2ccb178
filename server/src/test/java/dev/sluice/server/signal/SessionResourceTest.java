package dev.sluice.server.signal;

import static dev.sluice.server.http.ProblemAssert.assertProblem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.router.PatchOutcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

class SessionResourceTest {

    private static final String PATH = "/whip/cam/sessions/s3cret";

    private final EdgeFixture edge = EdgeFixture.open();

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    void candidatesAreTrickled() throws Exception {
        HttpResponse<String> response = edge.send(edge.patch("\"gen1\"", EdgeFixture.FRAGMENT));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("ETag")).isEmpty();
        assertThat(edge.sessions.calls).containsExactly("patch s3cret gen1 abcd");
    }

    @Test
    void aRestartGetsNewCredentialsAndANewEntityTag() throws Exception {
        edge.sessions.patchOutcome = new PatchOutcome.Restarted("gen2", "a=ice-ufrag:x\r\n");

        HttpResponse<String> response = edge.send(edge.patch("*", EdgeFixture.FRAGMENT));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("a=ice-ufrag:x\r\n");
        assertThat(response.headers().firstValue("ETag")).hasValue("\"gen2\"");
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/trickle-ice-sdpfrag");
        assertThat(edge.sessions.calls).containsExactly("patch s3cret null abcd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"gen0\"", "W/\"gen1\"", "\"\""})
    void anEntityTagThatIsNotTheCurrentOneIsRefused(String ifMatch) throws Exception {
        assertProblem(edge.send(edge.patch(ifMatch, EdgeFixture.FRAGMENT)), 412, "stale-etag");
    }

    @Test
    void oneOfSeveralEntityTagsIsEnough() throws Exception {
        var request = edge.patch("\"gen0\", \"gen1\"", EdgeFixture.FRAGMENT);

        assertThat(edge.send(request).statusCode()).isEqualTo(204);
    }

    @Test
    void aPatchNeedsAnEntityTag() throws Exception {
        var request =
                edge.request(PATH)
                        .header("Content-Type", "application/trickle-ice-sdpfrag")
                        .method("PATCH", BodyPublishers.ofString(EdgeFixture.FRAGMENT));

        assertProblem(edge.send(request), 428);
        assertThat(edge.sessions.calls).isEmpty();
    }

    @Test
    void anEntityTagWithoutQuotesIsRefused() throws Exception {
        assertProblem(edge.send(edge.patch("gen1", EdgeFixture.FRAGMENT)), 400);
    }

    @Test
    void aMalformedFragmentIsRefusedWithItsLine() throws Exception {
        var response = edge.send(edge.patch("\"gen1\"", "a=ice-ufrag:abcd\r\nrubbish\r\n"));

        assertThat(assertProblem(response, 400).path("line").asInt()).isEqualTo(2);
    }

    @Test
    void aFragmentThatMakesNoSenseIsRefused() throws Exception {
        edge.sessions.patchOutcome =
                new PatchOutcome.Refused(PatchOutcome.Reason.MALFORMED, "no password");

        assertProblem(edge.send(edge.patch("*", EdgeFixture.FRAGMENT)), 400, "malformed-fragment");
    }

    @Test
    void aFragmentForAnEndedSessionIsRefused() throws Exception {
        edge.sessions.patchOutcome =
                new PatchOutcome.Refused(PatchOutcome.Reason.UNKNOWN_SESSION, "gone");

        assertProblem(edge.send(edge.patch("*", EdgeFixture.FRAGMENT)), 404, "unknown-session");
    }

    @Test
    void onlyFragmentsArePatched() throws Exception {
        var request = edge.patch("*", "{}").setHeader("Content-Type", "application/json");

        assertProblem(edge.send(request), 415);
    }

    @Test
    void aFragmentOver64KibibytesIsRefused() throws Exception {
        assertProblem(edge.send(edge.patch("*", "a=x\r\n".repeat(14_000))), 413);
    }

    @Test
    void deleteEndsASessionWhateverTheEntityTag() throws Exception {
        var response = edge.send(edge.request(PATH).header("If-Match", "\"old\"").DELETE());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(edge.sessions.calls).containsExactly("end PUBLISHER cam s3cret");
    }

    @Test
    void deleteOfAnEndedSessionFindsNothing() throws Exception {
        edge.sessions.isKnown = false;

        assertProblem(edge.send("DELETE", PATH), 404, "unknown-session");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "POST"})
    void otherMethodsAreNotAllowed(String method) throws Exception {
        HttpResponse<String> response = edge.send(method, PATH);

        assertProblem(response, 405);
        assertThat(response.headers().firstValue("Allow")).hasValue("PATCH, DELETE, OPTIONS");
    }
}
