package dev.sluice.server.app;

import dev.sluice.server.config.ConfigLoader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** Reads a configuration file and the environment and tells all that is wrong with them. */
@Command(
        name = "check-config",
        description = "Checks a configuration file and the SLUICE_ variables.")
final class CheckConfigCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Parameters(paramLabel = "FILE", description = "The configuration file.")
    private Path file = Path.of("");

    @Spec private CommandSpec spec = CommandSpec.create();

    CheckConfigCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        ConfigLoader.load(file, environment);
        spec.commandLine().getOut().println("OK");
        return ExitCode.OK;
    }
}
