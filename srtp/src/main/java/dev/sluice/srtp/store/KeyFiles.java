package dev.sluice.srtp.store;

import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;
import dev.sluice.srtp.store.KeyStorageException.Reason;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The key files of an open store, and which there are. For one thread at a time. */
final class KeyFiles implements AutoCloseable {

    private final StoreDirectory directory;
    private final MasterKey masterKey;
    private final SecureRandom random;

    /** Versions by session hash; null after a change failed halfway, so that the disk is asked. */
    private @Nullable Map<String, NavigableSet<Integer>> index;

    /** Takes over the directory and the key. */
    KeyFiles(StoreDirectory directory, MasterKey masterKey, SecureRandom random) {
        this.directory = directory;
        this.masterKey = masterKey;
        this.random = random;
    }

    Path path() {
        return directory.path();
    }

    Path path(KeyFileName name) {
        return directory.resolve(name.toString());
    }

    /** A session's versions, which may be none. */
    NavigableSet<Integer> versions(String hash) throws IOException {
        return index().getOrDefault(hash, Collections.emptyNavigableSet());
    }

    /** The newest file of each session. */
    List<KeyFileName> newest() throws IOException {
        List<KeyFileName> names = new ArrayList<>();
        index().forEach((hash, versions) -> names.add(new KeyFileName(hash, versions.last())));
        return names;
    }

    StoredKeys read(KeyFileName name) throws IOException {
        Path path = path(name);
        byte[] file = directory.read(name.toString());
        if (file == null) {
            throw StoreFile.damaged(path, "it was deleted from outside");
        }
        byte[] content = form(name).open(file, masterKey, path);
        try {
            KeyContent decoded = KeyContent.decode(content, path);
            if (!KeyFileName.hash(decoded.sessionId()).equals(name.sessionHash())) {
                throw StoreFile.damaged(path, "it names another session");
            }
            return new StoredKeys(decoded.sessionId(), name.version(), decoded.keys());
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Makes fresh keys and returns when they are on the disk. */
    StoredKeys write(String sessionId, KeyFileName name, SrtpProfile profile) throws IOException {
        SrtpKeys keys = SrtpKeys.random(profile, random);
        byte[] content = new KeyContent(sessionId, keys).encode();
        byte[] file = form(name).seal(content, masterKey, random);
        Arrays.fill(content, (byte) 0);
        Map<String, NavigableSet<Integer>> known = index();
        index = null;
        directory.write(name.toString(), file);
        known.computeIfAbsent(name.sessionHash(), _ -> new TreeSet<>()).add(name.version());
        index = known;
        return new StoredKeys(sessionId, name.version(), keys);
    }

    /** Deletes versions of a session, the oldest first: the newest is never outlived by others. */
    void delete(String hash, Collection<Integer> versions) throws IOException {
        List<Integer> ordered = versions.stream().sorted().toList();
        Map<String, NavigableSet<Integer>> known = index();
        index = null;
        directory.delete(
                ordered.stream()
                        .map(version -> new KeyFileName(hash, version).toString())
                        .toList());
        known.computeIfPresent(
                hash,
                (_, all) -> {
                    ordered.forEach(all::remove);
                    return all.isEmpty() ? null : all;
                });
        index = known;
    }

    @Override
    public void close() throws IOException {
        masterKey.wipe();
        directory.close();
    }

    private static StoreFile form(KeyFileName name) {
        return new StoreFile(StoreFile.KIND_KEYS, name.version(), name.hashBytes());
    }

    private Map<String, NavigableSet<Integer>> index() throws IOException {
        Map<String, NavigableSet<Integer>> known = index;
        if (known == null) {
            known = new HashMap<>();
            for (String text : directory.names()) {
                KeyFileName name = KeyFileName.parse(text);
                if (name != null) {
                    known.computeIfAbsent(name.sessionHash(), _ -> new TreeSet<>())
                            .add(name.version());
                }
            }
            index = known;
        }
        return known;
    }

    /** The number of the version after this one. */
    static int next(int version) throws KeyStorageException {
        if (version >= KeyFileName.MAX_VERSION) {
            throw new KeyStorageException(Reason.IO, "keys have been rotated too often");
        }
        return version + 1;
    }
}
