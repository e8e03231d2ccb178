package dev.sluice.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.config.SluiceConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class SluiceCommandTest {

    private final List<SluiceConfig> started = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ServerRunner server = started::add;

    @TempDir private Path folder = Path.of("");

    @Test
    void withoutACommandItRunsTheEmbeddedConfiguration() {
        assertThat(execute()).isEqualTo(ExitCode.OK);

        assertThat(started)
                .singleElement()
                .extracting(config -> config.http().port())
                .isEqualTo(8080);
    }

    @Test
    void runsTheFileThatIsNamedWithOrWithoutTheCommand() throws IOException {
        String file = file("http: {port: 81}");

        assertThat(execute("--config", file)).isEqualTo(ExitCode.OK);
        assertThat(execute("run", "--config=" + file)).isEqualTo(ExitCode.OK);

        assertThat(started).hasSize(2).allMatch(config -> config.http().port() == 81);
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        environment.put("SLUICE_HTTP_PORT", "82");

        execute("--config", file("http: {port: 81}"));

        assertThat(started)
                .singleElement()
                .extracting(config -> config.http().port())
                .isEqualTo(82);
    }

    @Test
    void aRefusedConfigurationStartsNothingAndTellsEveryProblem() throws IOException {
        String file = file("http: {port: x}\nmedia: {port: y}");

        assertThat(execute("run", "--config", file)).isEqualTo(ExitCode.REFUSED);

        assertThat(started).isEmpty();
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("The configuration is refused:"),
                        line -> assertThat(line).startsWith(file + ":1: http.port: found 'x'"),
                        line -> assertThat(line).startsWith(file + ":2: media.port: found 'y'"));
    }

    @Test
    void aServerThatCannotStartIsExplainedInOneSentence() {
        server =
                config -> {
                    throw new StartException("HTTP port 8080 is in use.", new IOException("bind"));
                };

        assertThat(execute()).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString().strip())
                .isEqualTo("Sluice cannot start: HTTP port 8080 is in use.");
    }

    @Test
    void checkConfigSaysOk() throws IOException {
        assertThat(execute("check-config", file("http: {port: 81}"))).isEqualTo(ExitCode.OK);

        assertThat(out.toString().strip()).isEqualTo("OK");
        assertThat(started).isEmpty();
    }

    @Test
    void checkConfigTellsEveryProblem() throws IOException {
        environment.put("SLUICE_COLOUR", "red");

        assertThat(execute("check-config", file("a: 1\nb: 2"))).isEqualTo(ExitCode.REFUSED);

        assertThat(err.toString().lines()).hasSize(4);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void checkConfigNeedsAFile() {
        assertThat(execute("check-config")).isEqualTo(ExitCode.REFUSED);

        assertThat(err.toString()).startsWith("Missing required parameter: 'FILE'");
    }

    @Test
    void tellsItsVersion() {
        assertThat(execute("version")).isEqualTo(ExitCode.OK);

        assertThat(execute("--version")).isEqualTo(ExitCode.OK);

        assertThat(out.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.matches("Sluice \\d+\\.\\d+\\.\\d+.*"));
    }

    @Test
    void eachCommandHasItsHelp() {
        assertThat(execute("run", "--help")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).startsWith("Usage: sluice run").contains("--config=FILE");
        assertThat(started).isEmpty();
    }

    @Test
    void helpNamesTheCommands() {
        assertThat(execute("--help")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).contains("run", "check-config", "health", "version");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(execute("fly")).isEqualTo(ExitCode.REFUSED);
        assertThat(execute("--fly")).isEqualTo(ExitCode.REFUSED);
        assertThat(execute("--config")).isEqualTo(ExitCode.REFUSED);
        assertThat(execute("--config", "a", "run")).isEqualTo(ExitCode.REFUSED);

        assertThat(started).isEmpty();
    }

    private int execute(String... args) {
        CommandLine commandLine = SluiceCommand.commandLine(server, environment);
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(SluiceCommand.withDefault(args));
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("my.yaml"), yaml).toString();
    }
}
