package dev.sluice.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import dev.sluice.server.config.HttpConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

class HealthCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server = serverAnswering(200);

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aServerThatAnswers200IsHealthy() {
        assertThat(health(server.getAddress().getPort())).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).contains("/health answers 200");
    }

    @Test
    void aServerThatAnswersAnythingElseIsNot() {
        HttpServer ill = serverAnswering(503);
        ill.start();

        assertThat(health(ill.getAddress().getPort())).isEqualTo(ExitCode.FAILED);

        ill.stop(0);
    }

    @Test
    void aServerThatIsNotThereIsNot() {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThat(health(port)).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString()).contains("/health does not answer: ");
    }

    @Test
    void asksTheAddressThatTheServerListensAt() {
        assertThat(uri("0.0.0.0")).isEqualTo("http://127.0.0.1:80/health");
        assertThat(uri("::")).isEqualTo("http://127.0.0.1:80/health");
        assertThat(uri("::1")).isEqualTo("http://[::1]:80/health");
        assertThat(uri("example.org")).isEqualTo("http://example.org:80/health");
    }

    private static String uri(String listen) {
        return HealthCommand.uriOf(new HttpConfig(listen, 80, List.of(), List.of())).toString();
    }

    private int health(int port) {
        Map<String, String> environment = Map.of("SLUICE_HTTP_PORT", Integer.toString(port));
        ServerRunner none = config -> {};
        CommandLine commandLine = SluiceCommand.commandLine(none, environment);
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute("health");
    }

    private static HttpServer serverAnswering(int status) {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
            server.createContext(
                    "/health",
                    exchange -> {
                        exchange.sendResponseHeaders(status, -1);
                        exchange.close();
                    });
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
