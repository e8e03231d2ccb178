package dev.sluice.srtp.store;

import dev.sluice.srtp.store.KeyStorageException.Reason;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * The 256-bit key that encrypts a store of session keys. It always comes from outside: a key made
 * up here would be lost at the next start and everything stored with it. Never prints its bytes;
 * {@link #wipe()} or {@link #close()} overwrites them.
 */
public final class MasterKey implements AutoCloseable {

    public static final int SIZE_BYTES = 32;

    /** A key file holds 32 bytes or 64 letters and a line end. */
    private static final int MAX_FILE_SIZE_BYTES = 256;

    private static final String EXPECTED =
            "expected 32 bytes as 64 hexadecimal digits or as 44 letters of base64";

    private final byte[] bytes;
    private volatile boolean wiped;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @throws IllegalArgumentException when there are not {@link #SIZE_BYTES}
     */
    public static MasterKey ofBytes(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "master key of " + bytes.length + " bytes, expected " + SIZE_BYTES);
        }
        return new MasterKey(bytes.clone());
    }

    /**
     * Out of a configuration: 64 hexadecimal digits, or base64 (of either alphabet) of 32 bytes;
     * blanks around it do not count.
     *
     * @throws IllegalArgumentException for any other text, which the message does not repeat
     */
    public static MasterKey fromText(String text) {
        byte[] bytes = decode(text.strip());
        try {
            if (bytes.length != SIZE_BYTES) {
                throw new IllegalArgumentException(
                        "master key of " + bytes.length + " bytes, " + EXPECTED);
            }
            return ofBytes(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Out of an environment variable with text for {@link #fromText}.
     *
     * @param environment {@link System#getenv()}
     * @throws IllegalArgumentException when the variable is missing or holds something else
     */
    public static MasterKey fromEnvironment(Map<String, String> environment, String name) {
        String text = environment.get(name);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(
                    "environment variable " + name + " is not set, " + EXPECTED);
        }
        try {
            return fromText(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "environment variable " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Out of a file with 32 bytes or with text for {@link #fromText}, which only its owner may read
     * or write. A file system without such permissions is taken as it is.
     *
     * @throws KeyStorageException when the file cannot be read, is open to others, or holds
     *     something else
     */
    public static MasterKey fromFile(Path file) throws KeyStorageException {
        byte[] content = new byte[0];
        try {
            Permissions.requirePrivate(file, "master key file");
            if (Files.size(file) > MAX_FILE_SIZE_BYTES) {
                throw new KeyStorageException(
                        Reason.BAD_MASTER_KEY, "master key file " + file + " is too large");
            }
            content = Files.readAllBytes(file);
            return content.length == SIZE_BYTES
                    ? ofBytes(content)
                    : fromText(new String(content, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw KeyStorageException.of("master key file " + file, e);
        } catch (IllegalArgumentException e) {
            throw new KeyStorageException(
                    Reason.BAD_MASTER_KEY, "master key file " + file + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Another object with the same key, which lives on when this one is wiped. */
    MasterKey copy() {
        return new MasterKey(bytes());
    }

    /** A copy, for the caller to overwrite. */
    byte[] bytes() {
        if (wiped) {
            throw new IllegalStateException("the master key has been wiped");
        }
        return bytes.clone();
    }

    /** Overwrites the key with zeros. */
    public void wipe() {
        wiped = true;
        Arrays.fill(bytes, (byte) 0);
    }

    /** The same as {@link #wipe()}. */
    @Override
    public void close() {
        wipe();
    }

    @Override
    public String toString() {
        return "MasterKey[256 bits]";
    }

    private static byte[] decode(String text) {
        try {
            if (text.length() == 2 * SIZE_BYTES) {
                return HexFormat.of().parseHex(text);
            }
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException _) {
            // Without the cause: it quotes the text.
            throw new IllegalArgumentException(
                    "master key is not hexadecimal or base64, " + EXPECTED);
        }
    }
}
