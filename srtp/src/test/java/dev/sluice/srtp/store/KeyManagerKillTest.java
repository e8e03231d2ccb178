package dev.sluice.srtp.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.srtp.store.KeyStorageException.Reason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** A real process is killed while it writes, again and again on one store. */
class KeyManagerKillTest {

    private static final String KEY_TEXT = "33".repeat(32);
    private static final int KILLS = 8;

    @TempDir Path parent;

    /** Digests of the keys that must be there, by session and version. */
    private final Map<String, TreeMap<Integer, String>> expected = new HashMap<>();

    /** The change that the process had begun when it died. */
    private @Nullable String unfinished;

    @Test
    @Timeout(300)
    void everyChangeThatWasReportedDoneSurvivesAKill() throws Exception {
        Path directory = parent.resolve("keys");
        Random random = new Random(20260711);
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(directory, kill, 1 + random.nextInt(120));
            try (KeyManager manager = open(directory)) {
                check(manager);
            }
            try (var files = Files.list(directory)) {
                assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
            }
        }
        assertThat(expected).isNotEmpty();
    }

    private void runAndKill(Path directory, int seed, int lines) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KeyWorker.class.getName(),
                                directory.toString(),
                                KEY_TEXT,
                                Integer.toString(seed))
                        .redirectErrorStream(true)
                        .start();
        unfinished = null;
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                note(output.readLine());
            }
            assertThat(catchThrowableOfType(KeyStorageException.class, () -> open(directory)))
                    .extracting(KeyStorageException::reason)
                    .isEqualTo(Reason.LOCKED);
            // By its handle: Process itself would close the output, which has lines yet.
            process.toHandle().destroyForcibly();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                note(line);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isNotZero();
    }

    /** Lines as {@link KeyWorker} says them; the last may be cut. */
    private void note(@Nullable String line) {
        assertThat(line).isNotNull();
        String[] words = line.split(" ");
        boolean begin = words[0].equals("begin") && words.length == 4;
        boolean done = words[0].equals("done") && words.length >= 5;
        String id = begin || done ? words[2] + " " + words[3] : "";
        if (begin) {
            unfinished = id;
        } else if (done) {
            unfinished = null;
            TreeMap<Integer, String> versions = expected.computeIfAbsent(id, _ -> new TreeMap<>());
            switch (words[1]) {
                case "trim" -> versions.headMap(versions.lastKey()).clear();
                case "delete" -> versions.clear();
                default -> versions.put(Integer.parseInt(words[4]), words[5]);
            }
        } else {
            assertThat("begin done").as(line).contains(words[0].isEmpty() ? "begin" : words[0]);
        }
    }

    private void check(KeyManager manager) throws IOException {
        assertThat(manager.sessions().damaged()).isEmpty();
        for (int i = 0; i < KeyWorker.SESSIONS; i++) {
            String id = "session " + i;
            TreeMap<Integer, String> found = new TreeMap<>();
            for (int version : manager.versions(id)) {
                StoredKeys stored = manager.load(id, version);
                assertThat(stored).isNotNull();
                found.put(version, KeyWorker.digest(stored.keys()));
            }
            TreeMap<Integer, String> known = expected.getOrDefault(id, new TreeMap<>());
            if (id.equals(unfinished)) {
                checkUnfinished(known, found);
            } else {
                assertThat(found).as(id).isEqualTo(known);
            }
            expected.put(id, found);
        }
    }

    /** One version more, or the oldest gone up to any point; what is left is what it was. */
    private static void checkUnfinished(
            NavigableMap<Integer, String> known, NavigableMap<Integer, String> found) {
        found.forEach(
                (version, digest) -> {
                    if (known.containsKey(version)) {
                        assertThat(digest).isEqualTo(known.get(version));
                    }
                });
        int next = known.isEmpty() ? 1 : known.lastKey() + 1;
        TreeMap<Integer, String> old = new TreeMap<>(found);
        boolean grew = old.remove(next) != null;
        if (grew) {
            assertThat(old).isEqualTo(known);
        } else if (!old.isEmpty()) {
            assertThat(old).isEqualTo(known.tailMap(old.firstKey()));
        }
    }

    private static KeyManager open(Path directory) throws IOException {
        return KeyManager.open(directory, MasterKey.fromText(KEY_TEXT), new SecureRandom());
    }
}
