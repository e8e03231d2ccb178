package dev.sluice.srtp.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The steps by which a store changes, each of which may be the last before the process dies. */
interface FileOperations {

    /** Makes a file that only its owner may read; it must not exist. */
    void create(Path file, ByteBuffer content) throws IOException;

    /** Returns when the file's content is on the disk. */
    void sync(Path file) throws IOException;

    /** Moves a file in one step, over another one if there is one. */
    void rename(Path from, Path to) throws IOException;

    /** Returns when the directory's entries are on the disk. */
    void syncDirectory(Path directory) throws IOException;

    /** Deletes a file if it exists. */
    void delete(Path file) throws IOException;
}
