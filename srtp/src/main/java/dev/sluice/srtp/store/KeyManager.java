package dev.sluice.srtp.store;

import dev.sluice.srtp.keys.SrtpProfile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes, keeps, rotates and deletes the SRTP keys of sessions, in an encrypted store on disk.
 *
 * <p>Every change is on the disk when its method returns, whole or not at all. Safe for use by
 * several threads; one manager at a time has a store open. Session ids are any text of 1 to 1024
 * bytes in UTF-8; on disk they stand encrypted.
 *
 * <p>Methods throw {@link KeyStorageException} when a file cannot be read or written, {@link
 * IllegalArgumentException} for what is no session id, and {@link IllegalStateException} after
 * {@link #close()}. A damaged file stops nobody but those who ask for it.
 */
public final class KeyManager implements AutoCloseable {

    private static final int FIRST_VERSION = 1;

    private final ReentrantLock lock = new ReentrantLock();
    private final KeyFiles files;
    private boolean closed;

    private KeyManager(KeyFiles files) {
        this.files = files;
    }

    /**
     * Opens a store, or makes one where there is none; cleans up after a process that was killed.
     *
     * @param path a directory that only its owner may enter
     * @param masterKey copied; the caller may wipe it
     * @param random where keys and nonces come from
     * @throws KeyStorageException when the store belongs to another master key, is open elsewhere,
     *     can be entered by others, or cannot be read; then nothing was changed
     */
    public static KeyManager open(Path path, MasterKey masterKey, SecureRandom random)
            throws KeyStorageException {
        return open(path, masterKey, random, new DiskFiles());
    }

    static KeyManager open(
            Path path, MasterKey masterKey, SecureRandom random, FileOperations operations)
            throws KeyStorageException {
        try {
            StoreDirectory directory = StoreDirectory.open(path, operations);
            try {
                new StoreHeader(directory).openOrCreate(masterKey, random);
                directory.clean();
                return new KeyManager(new KeyFiles(directory, masterKey.copy(), random));
            } catch (IOException | RuntimeException | Error e) {
                directory.close();
                throw e;
            }
        } catch (IOException e) {
            throw KeyStorageException.of("key store " + path, e);
        }
    }

    /** Fresh keys for a session that has none. */
    public CreateResult create(String sessionId, SrtpProfile profile) throws KeyStorageException {
        String hash = KeyFileName.hash(sessionId);
        try (Turn _ = turn()) {
            NavigableSet<Integer> versions = files.versions(hash);
            if (!versions.isEmpty()) {
                return new CreateResult.AlreadyExists(versions.last());
            }
            KeyFileName name = new KeyFileName(hash, FIRST_VERSION);
            return new CreateResult.Created(files.write(sessionId, name, profile));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The newest keys of a session, or null when it has none. */
    public @Nullable StoredKeys load(String sessionId) throws KeyStorageException {
        String hash = KeyFileName.hash(sessionId);
        try (Turn _ = turn()) {
            NavigableSet<Integer> versions = files.versions(hash);
            return versions.isEmpty() ? null : files.read(new KeyFileName(hash, versions.last()));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The keys of one version of a session, or null when there are none. */
    public @Nullable StoredKeys load(String sessionId, int version) throws KeyStorageException {
        String hash = KeyFileName.hash(sessionId);
        try (Turn _ = turn()) {
            return files.versions(hash).contains(version)
                    ? files.read(new KeyFileName(hash, version))
                    : null;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The versions of a session's keys, the current one last; empty when it has none. */
    public List<Integer> versions(String sessionId) throws KeyStorageException {
        String hash = KeyFileName.hash(sessionId);
        try (Turn _ = turn()) {
            return List.copyOf(files.versions(hash));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Fresh keys of the same profile for a session, as its next version and from now on its current
     * one. Older versions stay until they are deleted.
     *
     * @return null when the session has no keys
     */
    public @Nullable StoredKeys rotate(String sessionId) throws KeyStorageException {
        String hash = KeyFileName.hash(sessionId);
        try (Turn _ = turn()) {
            NavigableSet<Integer> versions = files.versions(hash);
            if (versions.isEmpty()) {
                return null;
            }
            StoredKeys current = files.read(new KeyFileName(hash, versions.last()));
            SrtpProfile profile = current.keys().profile();
            current.keys().wipe();
            KeyFileName name = new KeyFileName(hash, KeyFiles.next(versions.last()));
            return files.write(sessionId, name, profile);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Deletes a session's older keys. The current version stays, whatever the number.
     *
     * @param version the oldest to keep
     * @return how many versions went
     */
    public int deleteVersionsBefore(String sessionId, int version) throws KeyStorageException {
        String hash = KeyFileName.hash(sessionId);
        try (Turn _ = turn()) {
            NavigableSet<Integer> versions = files.versions(hash);
            if (versions.isEmpty()) {
                return 0;
            }
            int keep = Math.min(version, versions.last());
            List<Integer> older = List.copyOf(versions.headSet(keep, false));
            files.delete(hash, older);
            return older.size();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Deletes all keys of a session, whether they can be read or not.
     *
     * @return false when it had none
     */
    public boolean delete(String sessionId) throws KeyStorageException {
        String hash = KeyFileName.hash(sessionId);
        try (Turn _ = turn()) {
            List<Integer> versions = List.copyOf(files.versions(hash));
            if (versions.isEmpty()) {
                return false;
            }
            files.delete(hash, versions);
            return true;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The sessions that have keys. Reads a file for each. */
    public SessionListing sessions() throws KeyStorageException {
        try (Turn _ = turn()) {
            List<String> ids = new ArrayList<>();
            List<Path> damaged = new ArrayList<>();
            for (KeyFileName name : files.newest()) {
                try {
                    StoredKeys stored = files.read(name);
                    stored.keys().wipe();
                    ids.add(stored.sessionId());
                } catch (KeyStorageException _) {
                    damaged.add(files.path(name));
                }
            }
            ids.sort(null);
            damaged.sort(null);
            return new SessionListing(ids, damaged);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Lets go of the store and overwrites the master key. A second call does nothing. */
    @Override
    public void close() throws KeyStorageException {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                files.close();
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "KeyManager[" + files.path() + "]";
    }

    /** One caller's time with the files. */
    private interface Turn extends AutoCloseable {

        @Override
        void close();
    }

    private Turn turn() {
        lock.lock();
        if (closed) {
            lock.unlock();
            throw new IllegalStateException(this + " is closed");
        }
        return lock::unlock;
    }

    private KeyStorageException failed(IOException cause) {
        return KeyStorageException.of("key store " + files.path(), cause);
    }
}
