package dev.sluice.server.app;

import picocli.CommandLine.IVersionProvider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Which Sluice this is, as the build wrote it into the jar. */
final class Version implements IVersionProvider {

    private static final String RESOURCE = "/sluice-version.txt";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"Sluice " + number()};
    }

    /** Such as 0.1.0. */
    static String number() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            byte[] text = Objects.requireNonNull(in, RESOURCE).readAllBytes();
            return new String(text, StandardCharsets.UTF_8).strip();
        }
    }
}
