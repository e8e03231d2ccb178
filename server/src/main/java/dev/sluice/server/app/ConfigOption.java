package dev.sluice.server.app;

import dev.sluice.server.config.ConfigLoader;
import dev.sluice.server.config.SluiceConfig;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Map;

/** The option {@code --config} of several commands. */
final class ConfigOption {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; left out, it is the one inside the program.")
    private @Nullable Path file;

    SluiceConfig load(Map<String, String> environment) {
        return file == null
                ? ConfigLoader.loadEmbedded(environment)
                : ConfigLoader.load(file, environment);
    }
}
