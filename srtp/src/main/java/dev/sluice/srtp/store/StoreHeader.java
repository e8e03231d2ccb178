package dev.sluice.srtp.store;

import dev.sluice.srtp.store.KeyStorageException.Reason;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The store's header file, which tells the right master key from a wrong one: a known text
 * encrypted as in any {@link StoreFile}, and behind it a SHA-256 that tells a wrong key from a
 * damaged file.
 */
final class StoreHeader {

    static final String NAME = "header";

    private static final byte[] KNOWN_TEXT = "Sluice key store".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_SIZE_BYTES = 32;

    private final StoreDirectory directory;
    private final StoreFile form = new StoreFile(StoreFile.KIND_HEADER, 0, new byte[0]);

    StoreHeader(StoreDirectory directory) {
        this.directory = directory;
    }

    /** Checks the key against the header; writes the header of a store that is empty. */
    void openOrCreate(MasterKey key, SecureRandom random) throws IOException {
        byte[] file = directory.read(NAME);
        if (file != null) {
            check(file, key);
            return;
        }
        Path path = directory.resolve(NAME);
        if (directory.names().stream().anyMatch(name -> KeyFileName.parse(name) != null)) {
            throw StoreFile.damaged(path, "it is missing, though there are key files");
        }
        directory.clean();
        byte[] sealed = form.seal(KNOWN_TEXT, key, random);
        byte[] content = Arrays.copyOf(sealed, sealed.length + DIGEST_SIZE_BYTES);
        System.arraycopy(digest(sealed), 0, content, sealed.length, DIGEST_SIZE_BYTES);
        directory.write(NAME, content);
    }

    private void check(byte[] file, MasterKey key) throws KeyStorageException {
        Path path = directory.resolve(NAME);
        int size = Math.max(0, file.length - DIGEST_SIZE_BYTES);
        byte[] sealed = Arrays.copyOf(file, size);
        if (!MessageDigest.isEqual(digest(sealed), Arrays.copyOfRange(file, size, file.length))) {
            throw StoreFile.damaged(path, "its checksum is wrong");
        }
        try {
            form.open(sealed, key, path);
        } catch (KeyStorageException e) {
            throw e.reason() == Reason.DAMAGED_FILE ? wrongKey(e) : e;
        }
    }

    private KeyStorageException wrongKey(KeyStorageException cause) {
        return new KeyStorageException(
                Reason.WRONG_MASTER_KEY,
                "the master key is not the one that key store "
                        + directory.path()
                        + " was made with; nothing was changed",
                cause);
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from the Java runtime", e);
        }
    }
}
