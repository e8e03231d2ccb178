package dev.sluice.bench.process;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The folder for a run's logs and reports: one that the user named stays, another goes. */
public final class WorkFolder implements AutoCloseable {

    private final Path path;
    private final boolean stays;

    private WorkFolder(Path path, boolean stays) {
        this.path = path;
        this.stays = stays;
    }

    /**
     * @param kept the one that the user named; null for a temporary one
     * @param prefix of a temporary one's name
     * @throws IOException when it cannot be made
     */
    public static WorkFolder of(@Nullable Path kept, String prefix) throws IOException {
        return kept == null
                ? new WorkFolder(Files.createTempDirectory(prefix), false)
                : new WorkFolder(Files.createDirectories(kept), true);
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (stays) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
