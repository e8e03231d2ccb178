package dev.sluice.load.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.sluice.load.client.ClientFailure;
import dev.sluice.load.client.FailureReason;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

@Timeout(60)
class WhipClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WhipClient client = new WhipClient("secret");
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private HttpServer another;

    @BeforeEach
    void start() throws IOException {
        server = serve();
        another = serve();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        another.stop(0);
    }

    private static HttpServer serve() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer made = HttpServer.create(address, 0);
        made.start();
        return made;
    }

    private static URI at(HttpServer place, String path) {
        return URI.create("http://127.0.0.1:" + place.getAddress().getPort() + path);
    }

    private void answer(HttpServer place, String path, int status, String location) {
        place.createContext(
                path,
                exchange -> {
                    synchronized (asked) {
                        asked.add(told(exchange));
                    }
                    exchange.getResponseHeaders().add("Location", location);
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
    }

    private static String told(HttpExchange exchange) throws IOException {
        String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        return "%s %s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        body)
                .strip();
    }

    private ClientFailure failureOfOffer(String path) {
        return catchThrowableOfType(
                ClientFailure.class, () -> client.offer(at(server, path), "sdp", PATIENCE));
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void followsWithMethodAndBodyAndTokenWithinTheOrigin(int status) throws Exception {
        answer(server, "/first", status, "second/whip");
        answer(server, "/second/whip", 201, "session");

        WhipClient.Session session = client.offer(at(server, "/first"), "sdp", PATIENCE);

        assertThat(asked)
                .containsExactly(
                        "POST /first Bearer secret sdp", "POST /second/whip Bearer secret sdp");
        assertThat(session.location()).isEqualTo(at(server, "/second/session"));
    }

    @Test
    void sendsTheTokenToNoOtherOrigin() throws Exception {
        answer(server, "/whip", 307, at(another, "/whip").toString());
        answer(another, "/whip", 201, "/session");
        answer(another, "/session", 200, "/");

        WhipClient.Session session = client.offer(at(server, "/whip"), "sdp", PATIENCE);
        client.delete(session);

        assertThat(asked)
                .containsExactly(
                        "POST /whip Bearer secret sdp",
                        "POST /whip null sdp",
                        "DELETE /session null");
    }

    @Test
    void endsASessionWithTheTokenThatMadeIt() throws Exception {
        answer(server, "/whip", 201, "/session");
        answer(server, "/session", 308, "/moved");
        answer(server, "/moved", 200, "/");

        client.delete(client.offer(at(server, "/whip"), "sdp", PATIENCE));

        assertThat(asked).contains("DELETE /session Bearer secret", "DELETE /moved Bearer secret");
    }

    @Test
    void doesNotRunInCircles() {
        answer(server, "/whip", 307, "/whip");

        ClientFailure failure = failureOfOffer("/whip");

        assertThat(failure.reason()).isEqualTo(FailureReason.HTTP_ERROR);
        assertThat(failure).hasMessageEndingWith("redirects more than 5 times");
        assertThat(asked).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303})
    void doesNotTurnAnOfferIntoAGet(int status) {
        answer(server, "/whip", status, "/elsewhere");

        ClientFailure failure = failureOfOffer("/whip");

        assertThat(failure.reason()).isEqualTo(FailureReason.HTTP_REFUSED);
        assertThat(failure).hasMessageContaining("a redirect that is not followed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[", "/a b", "%"})
    void tellsOfALocationThatIsNoAddress(String location) {
        answer(server, "/whip", 201, location);

        ClientFailure failure = failureOfOffer("/whip");

        assertThat(failure.reason()).isEqualTo(FailureReason.HTTP_ERROR);
        assertThat(failure).hasMessageContaining("a Location that is no address: '" + location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:me", "http://127.0.0.1:99999/x"})
    void tellsOfARedirectToWhatCannotBeAsked(String location) {
        answer(server, "/whip", 307, location);

        ClientFailure failure = failureOfOffer("/whip");

        assertThat(failure.reason()).isEqualTo(FailureReason.HTTP_ERROR);
        assertThat(failure).hasMessageStartingWith(location);
    }

    @Test
    void tellsThatATokenCannotBeSentButNotTheToken() {
        try (WhipClient odd = new WhipClient("sec\nret")) {
            assertThatExceptionOfType(ClientFailure.class)
                    .isThrownBy(() -> odd.offer(at(server, "/whip"), "sdp", PATIENCE))
                    .withMessage("the token cannot be sent in a header of HTTP");
        }
    }

    @Test
    void tellsThatNobodyListens() {
        URI gone = at(server, "/whip");
        server.stop(0);

        assertThatExceptionOfType(ClientFailure.class)
                .isThrownBy(() -> client.offer(gone, "sdp", PATIENCE))
                .withMessage(gone + " does not answer: connection refused");
    }

    @Test
    void waitsNoLongerThanItIsTold() {
        server.createContext("/whip", exchange -> exchange.sendResponseHeaders(201, 100));

        assertThatExceptionOfType(ClientFailure.class)
                .isThrownBy(() -> client.offer(at(server, "/whip"), "sdp", Duration.ofMillis(200)))
                .withMessageEndingWith("does not answer: nothing came in time");
    }
}
