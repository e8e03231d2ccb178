package dev.sluice.srtp.store;

import dev.sluice.srtp.store.KeyStorageException.Reason;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Who may read keys on disk: the owner alone, wherever the file system can say so. */
final class Permissions {

    private static final String POSIX = "posix";
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.complementOf(
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));

    private Permissions() {}

    /** For a new file: 0600. */
    static FileAttribute<?>[] ofFile(Path file) {
        return attributes(file, "rw-------");
    }

    /** For a new directory: 0700. */
    static FileAttribute<?>[] ofDirectory(Path directory) {
        return attributes(directory, "rwx------");
    }

    /** Refuses what group or others may read, write or enter. */
    static void requirePrivate(Path path, String what) throws IOException {
        if (!hasPermissions(path)) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
            String expected = Files.isDirectory(path) ? "rwx------ (0700)" : "rw------- (0600)";
            throw new KeyStorageException(
                    Reason.UNSAFE_PERMISSIONS,
                    "%s %s has permissions %s, expected %s"
                            .formatted(
                                    what,
                                    path,
                                    PosixFilePermissions.toString(permissions),
                                    expected));
        }
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        if (!hasPermissions(path)) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains(POSIX);
    }
}
