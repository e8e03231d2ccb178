package dev.sluice.server.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.Map;
import java.util.concurrent.Callable;

/** Runs the server until it is told to end. */
@Command(name = "run", description = "Runs the server (the default).")
final class RunCommand implements Callable<Integer> {

    private final ServerRunner server;
    private final Map<String, String> environment;

    @Mixin private final ConfigOption config = new ConfigOption();

    RunCommand(ServerRunner server, Map<String, String> environment) {
        this.server = server;
        this.environment = environment;
    }

    @Override
    public Integer call() throws StartException, InterruptedException {
        server.run(config.load(environment));
        return ExitCode.OK;
    }
}
