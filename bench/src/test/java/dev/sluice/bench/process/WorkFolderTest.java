package dev.sluice.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class WorkFolderTest {

    @Test
    void aTemporaryOneGoesWithAllThatIsInIt() throws IOException {
        Path path;
        try (WorkFolder folder = WorkFolder.of(null, "sluice-test")) {
            path = folder.path();
            Files.writeString(Files.createDirectory(path.resolve("logs")).resolve("a"), "a");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void theOneThatTheUserNamedIsMadeAndStays(@TempDir Path home) throws IOException {
        Path named = home.resolve("some/where");
        try (WorkFolder folder = WorkFolder.of(named, "sluice-test")) {
            Files.writeString(folder.path().resolve("log"), "a");
        }
        assertThat(named.resolve("log")).hasContent("a");
    }
}
