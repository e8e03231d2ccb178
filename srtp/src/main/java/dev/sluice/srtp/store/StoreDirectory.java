package dev.sluice.srtp.store;

import dev.sluice.srtp.store.KeyStorageException.Reason;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A store's directory, locked against other processes. A file appears whole or not at all, whenever
 * the process dies: it is written under a temporary name, synced, renamed, and the directory
 * synced.
 */
final class StoreDirectory implements AutoCloseable {

    static final String TEMPORARY_SUFFIX = ".tmp";

    private static final String LOCK_NAME = "lock";

    /** The largest file that is read; a key file has some 100 bytes and the session id. */
    private static final int MAX_FILE_SIZE_BYTES = 4096;

    private final Path path;
    private final FileOperations files;
    private final FileChannel lock;
    private long temporaryFiles;

    private StoreDirectory(Path path, FileOperations files, FileChannel lock) {
        this.path = path;
        this.files = files;
        this.lock = lock;
    }

    /** Makes the directory if need be and locks it. */
    static StoreDirectory open(Path path, FileOperations files) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            Files.createDirectories(absolute, Permissions.ofDirectory(absolute));
        }
        Permissions.requirePrivate(absolute, "key store");
        return new StoreDirectory(absolute, files, lock(absolute));
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** The names of all files. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        }
        return names;
    }

    /** Deletes what a killed process left half-written. */
    void clean() throws IOException {
        for (String name : names()) {
            if (name.endsWith(TEMPORARY_SUFFIX)) {
                files.delete(resolve(name));
            }
        }
    }

    /** A file's bytes, or null when there is none of this name. */
    byte @Nullable [] read(String name) throws IOException {
        Path file = resolve(name);
        if (!Files.exists(file)) {
            return null;
        }
        if (Files.size(file) > MAX_FILE_SIZE_BYTES) {
            throw StoreFile.damaged(file, "it has " + Files.size(file) + " bytes");
        }
        return Files.readAllBytes(file);
    }

    /** Returns when the file is on the disk under its name. */
    void write(String name, byte[] content) throws IOException {
        Path temporary = resolve(name + "." + temporaryFiles++ + TEMPORARY_SUFFIX);
        try {
            files.create(temporary, ByteBuffer.wrap(content));
            files.sync(temporary);
            files.rename(temporary, resolve(name));
        } catch (IOException e) {
            deleteQuietly(temporary, e);
            throw e;
        }
        files.syncDirectory(path);
    }

    /** Deletes files in this order; returns when they are gone from the disk. */
    void delete(List<String> names) throws IOException {
        for (String name : names) {
            files.delete(resolve(name));
        }
        files.syncDirectory(path);
    }

    /** Lets go of the lock. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    private void deleteQuietly(Path file, IOException cause) {
        try {
            files.delete(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve(LOCK_NAME);
        FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        Permissions.ofFile(file));
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // Another manager of this process has it; the same answer as for another process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new KeyStorageException(
                Reason.LOCKED, "key store " + directory + " is open in another process or manager");
    }
}
