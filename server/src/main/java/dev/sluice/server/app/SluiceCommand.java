package dev.sluice.server.app;

import dev.sluice.load.app.LoadCommand;
import dev.sluice.server.config.ConfigException;

import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The command line {@code sluice}; each command is a class of its own. */
@Command(
        name = "sluice",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "[COMMAND]",
        description = "A standalone WebRTC/RTP media server.")
final class SluiceCommand {

    private static final String DEFAULT_COMMAND = "run";

    /** Options of {@code sluice} itself; every other one is of the default command. */
    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private SluiceCommand() {}

    /**
     * The commands, of which {@code run} runs {@code server}; {@code environment} overrides
     * configuration files.
     */
    static CommandLine commandLine(ServerRunner server, Map<String, String> environment) {
        return new CommandLine(new SluiceCommand())
                .addSubcommand(new RunCommand(server, environment))
                .addSubcommand(new CheckConfigCommand(environment))
                .addSubcommand(new HealthCommand(environment))
                .addSubcommand(new LoadCommand())
                .addSubcommand(new VersionCommand())
                .setExecutionExceptionHandler(SluiceCommand::explain);
    }

    /** {@code sluice} and {@code sluice --config FILE} mean {@code sluice run ...}. */
    static String[] withDefault(String... args) {
        boolean isOwn = args.length > 0 && OWN_OPTIONS.contains(args[0]);
        boolean namesNoCommand = args.length == 0 || args[0].startsWith("-");
        return namesNoCommand && !isOwn
                ? Stream.concat(Stream.of(DEFAULT_COMMAND), Stream.of(args)).toArray(String[]::new)
                : args;
    }

    private static int explain(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof ConfigException) {
            command.getErr().println("The configuration is refused:");
            command.getErr().println(failure.getMessage());
            return ExitCode.REFUSED;
        }
        if (failure instanceof StartException) {
            command.getErr().println("Sluice cannot start: " + failure.getMessage());
            return ExitCode.FAILED;
        }
        LoggerFactory.getLogger(SluiceCommand.class).error("Sluice failed.", failure);
        command.getErr().println("Sluice failed: " + failure);
        return ExitCode.FAILED;
    }
}
