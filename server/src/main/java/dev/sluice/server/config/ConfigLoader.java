package dev.sluice.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes a {@link SluiceConfig} of a YAML file and environment variables, or tells all that is wrong
 * with them.
 */
public final class ConfigLoader {

    private static final String EMBEDDED = "/sluice.yaml";

    private ConfigLoader() {}

    /**
     * Reads {@code file}; keys that it leaves out have their defaults.
     *
     * @throws ConfigException for everything that is wrong with the file or the variables
     */
    public static SluiceConfig load(Path file, Map<String, String> environment) {
        return parse(file.toString(), textOf(file), environment);
    }

    /**
     * Reads the configuration inside the jar, which opens publishing to loopback.
     *
     * @throws ConfigException for everything that is wrong with the variables
     */
    public static SluiceConfig loadEmbedded(Map<String, String> environment) {
        try (InputStream in = ConfigLoader.class.getResourceAsStream(EMBEDDED)) {
            byte[] yaml = Objects.requireNonNull(in, EMBEDDED).readAllBytes();
            return parse(
                    "embedded sluice.yaml", new String(yaml, StandardCharsets.UTF_8), environment);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded configuration cannot be read", e);
        }
    }

    /**
     * Reads {@code yaml}.
     *
     * @param name what problems name as the source
     * @throws ConfigException for everything that is wrong with the text or the variables
     */
    public static SluiceConfig parse(String name, String yaml, Map<String, String> environment) {
        Problems problems = new Problems();
        Environment variables = new Environment(environment);
        YamlNode nothing = new YamlNode.Scalar(0, YamlNode.Kind.NOTHING, "");
        YamlNode document = YamlReader.read(name, "", yaml, problems).orElse(nothing);
        Written root = new Written(name, "", document);
        SluiceConfig config = Section.read(root, variables, problems, ConfigSchema::root);
        variables.refuseUnknown(problems);
        problems.throwIfAny();
        return config;
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file");
        } catch (AccessDeniedException e) {
            throw unreadable(file, "reading it is not permitted");
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8 text");
        } catch (IOException e) {
            String reason = Files.isDirectory(file) ? "it is a directory" : "reading it failed";
            throw unreadable(file, reason + "; accepted: a YAML file");
        }
    }

    private static ConfigException unreadable(Path file, String reason) {
        return new ConfigException(List.of(new ConfigProblem(file.toString(), 0, "", reason)));
    }
}
