package dev.sluice.server.app;

import dev.sluice.server.config.HttpConfig;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Asks a running server of this machine for its health; the health check of the container image.
 */
@Command(
        name = "health",
        description = "Asks the server that runs with this configuration whether it is healthy.")
final class HealthCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");

    private final Map<String, String> environment;

    @Mixin private final ConfigOption config = new ConfigOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    HealthCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        URI uri = uriOf(config.load(environment).http());
        try {
            int status = statusOf(uri);
            spec.commandLine().getOut().println(uri + " answers " + status);
            return status == HttpURLConnection.HTTP_OK ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            spec.commandLine().getErr().println(uri + " does not answer: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static int statusOf(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    static URI uriOf(HttpConfig http) {
        String host = EVERY_ADDRESS.contains(http.listen()) ? "127.0.0.1" : http.listen();
        String authority = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + authority + ":" + http.port() + "/health");
    }
}
