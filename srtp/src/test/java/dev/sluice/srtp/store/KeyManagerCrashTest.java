package dev.sluice.srtp.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;
import dev.sluice.srtp.store.KilledFiles.Killed;
import dev.sluice.srtp.store.KilledFiles.Moment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is on the disk after the process died at each step of each change. */
class KeyManagerCrashTest {

    private static final MasterKey MASTER = MasterKey.fromText("11".repeat(32));
    private static final SrtpProfile PROFILE = SrtpProfile.AES_CM_128_HMAC_SHA1_80;

    @TempDir Path parent;

    /** A change to a store in which "old" has versions 1 to 3. */
    enum Change {
        CREATE(4),
        ROTATE(4),
        DELETE(4),
        DELETE_OLDER(3);

        private final int steps;

        Change(int steps) {
            this.steps = steps;
        }

        void apply(KeyManager manager) throws IOException {
            switch (this) {
                case CREATE -> manager.create("new", PROFILE);
                case ROTATE -> manager.rotate("old");
                case DELETE -> manager.delete("old");
                case DELETE_OLDER -> manager.deleteVersionsBefore("old", 3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKillAtAnyStepLeavesTheOldStateOrTheNew(Change change) throws IOException {
        for (Moment moment : Moment.values()) {
            for (int step = 0; step < change.steps; step++) {
                Path directory = parent.resolve(change + "-" + moment + "-" + step);
                Map<Integer, SrtpKeys> old = prepare(directory);
                KilledFiles files = new KilledFiles(step, moment);
                dieDuring(directory, files, change);
                check(directory, change, old, files.steps() + " " + moment);
            }
        }
    }

    /** The order is what makes it safe: nothing is renamed before it is on the disk. */
    @Test
    void aFileIsSyncedBeforeItGetsItsNameAndTheDirectoryBehind() throws IOException {
        for (Change change : Change.values()) {
            Path directory = parent.resolve(change.name());
            prepare(directory);
            KilledFiles files = new KilledFiles(Integer.MAX_VALUE, Moment.BEFORE);
            try (KeyManager manager = open(directory, files)) {
                change.apply(manager);
            }
            assertThat(files.steps()).hasSize(change.steps).last().isEqualTo("syncDirectory");
            if (change == Change.CREATE || change == Change.ROTATE) {
                assertThat(files.steps())
                        .containsExactly("create", "sync", "rename", "syncDirectory");
            }
        }
    }

    @Test
    void aKillWhileTheStoreIsMadeLeavesOneThatOpens() throws IOException {
        for (Moment moment : Moment.values()) {
            for (int step = 0; step < 4; step++) {
                Path directory = parent.resolve("new-" + moment + "-" + step);
                KilledFiles files = new KilledFiles(step, moment);
                assertThat(catchThrowableOfType(Killed.class, () -> open(directory, files)))
                        .isNotNull();
                try (KeyManager manager = open(directory, new DiskFiles())) {
                    assertThat(manager.sessions().sessionIds()).isEmpty();
                    assertThat(manager.create("a", PROFILE))
                            .isInstanceOf(CreateResult.Created.class);
                }
                assertNothingHalf(directory);
            }
        }
    }

    /** Unlike a dead process, a full disk leaves a manager that goes on. */
    @Test
    void aFailedStepLeavesAManagerThatGoesOn() throws IOException {
        Path directory = parent.resolve("full");
        Map<Integer, SrtpKeys> old = prepare(directory);
        FullDisk files = new FullDisk();
        try (KeyManager manager = open(directory, files)) {
            for (int step = 0; step < 4; step++) {
                files.failAt = step;
                assertThat(
                                catchThrowableOfType(
                                        KeyStorageException.class, () -> manager.rotate("old")))
                        .hasMessageContaining("no space")
                        .extracting(KeyStorageException::reason)
                        .isEqualTo(KeyStorageException.Reason.IO);
                files.failAt = -1;
                assertNothingHalf(directory);
                assertThat(load(manager, 3)).isEqualTo(old.get(3));
            }
            // The last failure came after the rename: those keys exist.
            assertThat(manager.versions("old")).containsExactly(1, 2, 3, 4);
            manager.rotate("old");
            assertThat(manager.versions("old")).containsExactly(1, 2, 3, 4, 5);
        }
    }

    private static final class FullDisk implements FileOperations {

        private final FileOperations disk = new DiskFiles();
        private int failAt = -1;
        private int step;

        @Override
        public void create(Path file, ByteBuffer content) throws IOException {
            step = 0;
            disk.create(file, content);
            next();
        }

        @Override
        public void sync(Path file) throws IOException {
            next();
            disk.sync(file);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            next();
            disk.rename(from, to);
        }

        @Override
        public void syncDirectory(Path directory) throws IOException {
            next();
            disk.syncDirectory(directory);
        }

        @Override
        public void delete(Path file) throws IOException {
            disk.delete(file);
        }

        private void next() throws IOException {
            if (step++ == failAt) {
                throw new IOException("no space");
            }
        }
    }

    private static Map<Integer, SrtpKeys> prepare(Path directory) throws IOException {
        Map<Integer, SrtpKeys> keys = new TreeMap<>();
        try (KeyManager manager = open(directory, new DiskFiles())) {
            manager.create("old", PROFILE);
            manager.rotate("old");
            manager.rotate("old");
            for (int version : manager.versions("old")) {
                keys.put(version, load(manager, version));
            }
        }
        return keys;
    }

    private static void dieDuring(Path directory, KilledFiles files, Change change)
            throws IOException {
        // Closing stands in for what the system does to a dead process's lock.
        try (KeyManager manager = open(directory, files)) {
            assertThat(catchThrowableOfType(Killed.class, () -> change.apply(manager))).isNotNull();
        }
        assertThat(files.isDead()).isTrue();
    }

    private static void check(
            Path directory, Change change, Map<Integer, SrtpKeys> old, String where)
            throws IOException {
        try (KeyManager manager = open(directory, new DiskFiles())) {
            assertThat(manager.sessions().damaged()).as(where).isEmpty();
            List<Integer> versions = manager.versions("old");
            List<List<Integer>> legal =
                    switch (change) {
                        case CREATE -> List.of(List.of(1, 2, 3));
                        case ROTATE -> List.of(List.of(1, 2, 3), List.of(1, 2, 3, 4));
                        case DELETE ->
                                List.of(List.of(1, 2, 3), List.of(2, 3), List.of(3), List.of());
                        case DELETE_OLDER -> List.of(List.of(1, 2, 3), List.of(2, 3), List.of(3));
                    };
            assertThat(versions).as(where).isIn(legal);
            for (int version : versions) {
                SrtpKeys loaded = load(manager, version);
                if (version <= 3) {
                    assertThat(loaded).as(where).isEqualTo(old.get(version));
                }
            }
            change.apply(manager);
        }
        assertNothingHalf(directory);
    }

    private static SrtpKeys load(KeyManager manager, int version) throws IOException {
        StoredKeys loaded = manager.load("old", version);
        assertThat(loaded).isNotNull();
        return loaded.keys();
    }

    private static void assertNothingHalf(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    private static KeyManager open(Path directory, FileOperations files) throws IOException {
        return KeyManager.open(directory, MASTER, new SecureRandom(), files);
    }
}
