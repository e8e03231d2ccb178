package dev.sluice.srtp.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;
import dev.sluice.srtp.store.KeyStorageException.Reason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class KeyManagerTest {

    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;
    private static final MasterKey MASTER = MasterKey.fromText("11".repeat(32));
    private static final MasterKey OTHER = MasterKey.fromText("22".repeat(32));

    @TempDir Path parent;
    private Path directory;
    private KeyManager manager;

    @BeforeEach
    void open() throws IOException {
        directory = parent.resolve("keys");
        manager = KeyManager.open(directory, MASTER, new SecureRandom());
    }

    @AfterEach
    void close() throws IOException {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource
    void keysOutliveARestart(SrtpProfile profile) throws IOException {
        SrtpKeys created = create("call/1", profile).keys();

        reopen();

        StoredKeys loaded = present(manager.load("call/1"));
        assertThat(loaded).isEqualTo(new StoredKeys("call/1", 1, created));
        assertThat(loaded.keys().profile()).isEqualTo(profile);
    }

    @Test
    void everySessionHasKeysOfItsOwn() throws IOException {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            SrtpKeys keys = create("session " + i, PROFILE).keys();
            assertThat(seen.add(new String(keys.masterKey(), StandardCharsets.ISO_8859_1)))
                    .isTrue();
            assertThat(seen.add(new String(keys.masterSalt(), StandardCharsets.ISO_8859_1)))
                    .isTrue();
        }
    }

    @Test
    void aSecondCreateIsRefusedAndChangesNothing() throws IOException {
        SrtpKeys created = create("a", PROFILE).keys();
        manager.rotate("a");
        Map<String, String> before = content();

        assertThat(manager.create("a", SrtpProfile.AEAD_AES_256_GCM))
                .isEqualTo(new CreateResult.AlreadyExists(2));

        assertThat(content()).isEqualTo(before);
        assertThat(present(manager.load("a", 1)).keys()).isEqualTo(created);
    }

    @Test
    void rotationKeepsOlderVersionsUntilTheyAreDeleted() throws IOException {
        List<SrtpKeys> made = new ArrayList<>();
        made.add(create("a", PROFILE).keys());
        for (int version = 2; version <= 4; version++) {
            StoredKeys rotated = present(manager.rotate("a"));
            assertThat(rotated.version()).isEqualTo(version);
            made.add(rotated.keys());
        }
        reopen();
        assertThat(manager.versions("a")).containsExactly(1, 2, 3, 4);
        assertThat(present(manager.load("a")).version()).isEqualTo(4);
        for (int version = 1; version <= 4; version++) {
            assertThat(present(manager.load("a", version)).keys()).isEqualTo(made.get(version - 1));
        }
        assertThat(
                        new HashSet<>(
                                made.stream()
                                        .map(SrtpKeys::masterKey)
                                        .map(ByteBuffer::wrap)
                                        .toList()))
                .hasSize(4);

        assertThat(manager.deleteVersionsBefore("a", 3)).isEqualTo(2);
        assertThat(manager.deleteVersionsBefore("a", 3)).isZero();
        assertThat(manager.versions("a")).containsExactly(3, 4);
        assertThat(manager.load("a", 1)).isNull();
        assertThat(manager.deleteVersionsBefore("a", 99)).isEqualTo(1);
        reopen();
        assertThat(manager.versions("a")).containsExactly(4);
    }

    @Test
    void deletingTwiceIsAsGoodAsOnce() throws IOException {
        create("a", PROFILE);
        manager.rotate("a");
        create("b", PROFILE);

        assertThat(manager.delete("a")).isTrue();
        assertThat(manager.delete("a")).isFalse();
        assertThat(manager.delete("never")).isFalse();

        assertThat(manager.load("a")).isNull();
        assertThat(manager.rotate("a")).isNull();
        assertThat(manager.versions("a")).isEmpty();
        assertThat(manager.deleteVersionsBefore("a", 5)).isZero();
        assertThat(manager.sessions().sessionIds()).containsExactly("b");
        assertThat(create("a", PROFILE).version()).isEqualTo(1);
    }

    @Test
    void listsSessions() throws IOException {
        for (String id : List.of("z", "a", "ärger", "m")) {
            create(id, PROFILE);
        }
        manager.rotate("m");

        assertThat(manager.sessions())
                .isEqualTo(new SessionListing(List.of("a", "m", "z", "ärger"), List.of()));
        reopen();
        assertThat(manager.sessions().sessionIds()).containsExactly("a", "m", "z", "ärger");
    }

    @Test
    void noSessionIdLeavesTheDirectoryOrStandsInIt() throws IOException {
        List<String> ids =
                List.of(
                        "../../etc/passwd",
                        "/absolute",
                        "a\0b",
                        "..",
                        ".",
                        "con",
                        "x".repeat(1024));
        for (String id : ids) {
            create(id, PROFILE);
            assertThat(present(manager.load(id)).sessionId()).isEqualTo(id);
        }
        assertThat(files(parent)).containsExactly("keys");
        assertThat(files(directory))
                .hasSize(ids.size() + 2)
                .allMatch(name -> name.matches("lock|header|[0-9a-f]{64}-1\\.keys"));
        for (String content : content().values()) {
            assertThat(content).doesNotContain("passwd").doesNotContain("absolute");
        }
    }

    @Test
    void whatIsNoSessionIdIsRefused() {
        for (String id : List.of("", "x".repeat(1025), "\uD800")) {
            assertThatIllegalArgumentException().isThrownBy(() -> manager.create(id, PROFILE));
            assertThatIllegalArgumentException().isThrownBy(() -> manager.load(id));
        }
    }

    @Test
    void nothingOnDiskCanBeReadByOthersOrWithoutTheKey() throws IOException {
        SrtpKeys keys = create("a", PROFILE).keys();

        assertThat(permissions(directory)).isEqualTo("rwx------");
        for (String name : files(directory)) {
            assertThat(permissions(directory.resolve(name))).isEqualTo("rw-------");
        }
        String key = new String(keys.masterKey(), StandardCharsets.ISO_8859_1);
        String salt = new String(keys.masterSalt(), StandardCharsets.ISO_8859_1);
        assertThat(content().values()).noneMatch(text -> text.contains(key) || text.contains(salt));
    }

    @Test
    void noNonceIsUsedTwice() throws IOException {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            create("a", PROFILE);
            manager.rotate("a");
            for (Map.Entry<String, String> file : content().entrySet()) {
                if (file.getKey().endsWith(".keys")) {
                    assertThat(nonces.add(file.getValue().substring(12, 24))).isTrue();
                }
            }
            manager.delete("a");
        }
        assertThat(nonces).hasSize(40);
    }

    @Test
    void aWrongMasterKeySaysSoAndChangesNothing() throws IOException {
        create("a", PROFILE);
        manager.close();
        Files.write(directory.resolve("half.0.tmp"), new byte[3]);
        Map<String, String> before = content();

        assertThat(openFailure(OTHER))
                .hasMessageContaining("master key")
                .hasMessageContaining(directory.toString())
                .extracting(KeyStorageException::reason)
                .isEqualTo(Reason.WRONG_MASTER_KEY);

        assertThat(content()).isEqualTo(before);
        open();
        assertThat(manager.load("a")).isNotNull();
    }

    @Test
    void aStoreIsOpenOnce() throws IOException {
        assertThat(openFailure(MASTER).reason()).isEqualTo(Reason.LOCKED);
        assertThat(openFailure(OTHER).reason()).isEqualTo(Reason.LOCKED);

        manager.close();
        open();
        assertThat(manager.sessions().sessionIds()).isEmpty();
    }

    @Test
    void aDirectoryThatOthersCanEnterIsRefused() throws IOException {
        manager.close();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));

        assertThat(openFailure(MASTER))
                .hasMessageContaining("rwxr-x---")
                .extracting(KeyStorageException::reason)
                .isEqualTo(Reason.UNSAFE_PERMISSIONS);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void halfWrittenFilesOfAKilledProcessAreCleanedUp() throws IOException {
        create("a", PROFILE);
        manager.close();
        Files.write(directory.resolve("0".repeat(64) + "-1.keys.0.tmp"), new byte[10]);
        Files.write(directory.resolve("header.0.tmp"), new byte[10]);

        open();

        assertThat(files(directory)).noneMatch(name -> name.endsWith(".tmp")).hasSize(3);
    }

    @Test
    void aDamagedFileIsNamedAndTheOthersStayUsable() throws IOException {
        create("good", PROFILE);
        create("bad", PROFILE);
        Path file = directory.resolve(new KeyFileName(KeyFileName.hash("bad"), 1).toString());
        byte[] original = Files.readAllBytes(file);
        for (int i = 0; i < original.length; i++) {
            byte[] damaged = original.clone();
            damaged[i] ^= 0x10;
            Files.write(file, damaged);
            KeyStorageException failure = loadFailure("bad");
            assertThat(failure).as("byte %s", i).hasMessageContaining(file.toString());
            assertThat(failure.reason()).isIn(Reason.DAMAGED_FILE, Reason.UNKNOWN_FORMAT);
        }
        for (int size : new int[] {0, 1, 11, 39, original.length - 1, 5000}) {
            Files.write(file, java.util.Arrays.copyOf(original, size));
            assertThat(loadFailure("bad").reason()).isEqualTo(Reason.DAMAGED_FILE);
        }
        assertThat(manager.sessions())
                .isEqualTo(new SessionListing(List.of("good"), List.of(file)));
        assertThat(manager.load("good")).isNotNull();
        assertThat(manager.create("bad", PROFILE)).isEqualTo(new CreateResult.AlreadyExists(1));
        assertThat(manager.delete("bad")).isTrue();
        create("bad", PROFILE);
        assertThat(manager.sessions().sessionIds()).containsExactly("bad", "good");
    }

    @Test
    void aLaterFormatIsSaidToBeOne() throws IOException {
        create("a", PROFILE);
        Path file = directory.resolve(new KeyFileName(KeyFileName.hash("a"), 1).toString());
        byte[] content = Files.readAllBytes(file);
        content[4] = 2;
        Files.write(file, content);

        assertThat(loadFailure("a"))
                .hasMessageContaining("format 2, expected 1")
                .extracting(KeyStorageException::reason)
                .isEqualTo(Reason.UNKNOWN_FORMAT);
    }

    @Test
    void aFileUnderAnotherSessionsOrVersionsNameIsNotTaken() throws IOException {
        create("a", PROFILE);
        create("b", PROFILE);
        manager.rotate("b");
        String a = KeyFileName.hash("a");
        String b = KeyFileName.hash("b");
        copy(new KeyFileName(a, 1), new KeyFileName(b, 1));
        copy(new KeyFileName(a, 1), new KeyFileName(a, 2));
        reopen();

        assertThat(manager.versions("a")).containsExactly(1, 2);
        assertThat(loadFailure("a").reason()).isEqualTo(Reason.DAMAGED_FILE);
        assertThat(
                        catchThrowableOfType(KeyStorageException.class, () -> manager.load("b", 1))
                                .reason())
                .isEqualTo(Reason.DAMAGED_FILE);
        assertThat(manager.load("b", 2)).isNotNull();
    }

    @Test
    void aStoreWithoutOrWithDamagedHeaderIsRefused() throws IOException {
        create("a", PROFILE);
        manager.close();
        Path header = directory.resolve("header");
        byte[] original = Files.readAllBytes(header);
        byte[] damaged = original.clone();
        damaged[20] ^= 1;
        Files.write(header, damaged);
        assertThat(openFailure(MASTER))
                .hasMessageContaining(header.toString())
                .extracting(KeyStorageException::reason)
                .isEqualTo(Reason.DAMAGED_FILE);

        Files.delete(header);
        assertThat(openFailure(MASTER))
                .hasMessageContaining("missing")
                .extracting(KeyStorageException::reason)
                .isEqualTo(Reason.DAMAGED_FILE);

        Files.write(header, original);
        open();
        assertThat(manager.load("a")).isNotNull();
    }

    @Test
    void aClosedManagerSaysSo() throws IOException {
        manager.close();
        manager.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> manager.load("a"))
                .withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> manager.create("a", PROFILE));
    }

    @Test
    void theCallersMasterKeyMayBeWiped() throws IOException {
        manager.close();
        try (MasterKey key = MASTER.copy()) {
            manager = KeyManager.open(directory, key, new SecureRandom());
        }
        create("a", PROFILE);
        assertThat(manager.load("a")).isNotNull();
    }

    @Test
    void printsNoKey() throws IOException {
        StoredKeys stored = create("a", PROFILE);

        assertThat(manager + " " + stored + " " + new CreateResult.Created(stored))
                .isEqualTo(
                        "KeyManager[%s] %2$s Created[stored=%2$s]"
                                .formatted(
                                        directory,
                                        "StoredKeys[sessionId=a, version=1,"
                                                + " keys=SrtpKeys[AEAD_AES_128_GCM]]"));
        assertThat(new KeyContent("a", stored.keys()))
                .hasToString("KeyContent[sessionId=a, keys=SrtpKeys[AEAD_AES_128_GCM]]");
    }

    @Test
    void manyThreadsCreateASessionOnceAndRotateWithoutGaps() throws Exception {
        int threads = 8;
        int rounds = 10;
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            tasks.add(
                    () -> {
                        int created = 0;
                        for (int round = 0; round < rounds; round++) {
                            if (manager.create("s" + round, PROFILE)
                                    instanceof CreateResult.Created) {
                                created++;
                            }
                            manager.rotate("s" + round);
                            present(manager.load("s" + round));
                        }
                        return created;
                    });
        }
        int created = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<Integer> done : pool.invokeAll(tasks)) {
                created += done.get();
            }
        }
        assertThat(created).isEqualTo(rounds);
        for (int round = 0; round < rounds; round++) {
            List<Integer> versions = manager.versions("s" + round);
            assertThat(versions).hasSize(threads + 1).last().isEqualTo(threads + 1);
        }
    }

    private void reopen() throws IOException {
        manager.close();
        open();
    }

    private StoredKeys create(String id, SrtpProfile profile) throws IOException {
        return ((CreateResult.Created) manager.create(id, profile)).stored();
    }

    private static StoredKeys present(@Nullable StoredKeys stored) {
        assertThat(stored).isNotNull();
        return stored;
    }

    private KeyStorageException openFailure(MasterKey key) {
        return catchThrowableOfType(
                KeyStorageException.class,
                () -> KeyManager.open(directory, key, new SecureRandom()).close());
    }

    private KeyStorageException loadFailure(String id) {
        return catchThrowableOfType(KeyStorageException.class, () -> manager.load(id));
    }

    private void copy(KeyFileName from, KeyFileName to) throws IOException {
        Files.copy(
                directory.resolve(from.toString()),
                directory.resolve(to.toString()),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<String> files(Path of) throws IOException {
        try (var entries = Files.list(of)) {
            return entries.map(path -> String.valueOf(path.getFileName())).sorted().toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        for (String name : files(directory)) {
            byte[] bytes = Files.readAllBytes(directory.resolve(name));
            content.put(name, new String(bytes, StandardCharsets.ISO_8859_1));
        }
        return content;
    }
}
