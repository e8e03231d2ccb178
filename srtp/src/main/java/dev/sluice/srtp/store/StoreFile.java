package dev.sluice.srtp.store;

import dev.sluice.srtp.store.KeyStorageException.Reason;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The form of a file in the store: AES-256-GCM under the master key.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |      'S'      |      'L'      |      'K'      |      'S'      |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |   format: 1   |     kind      |               0               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |            version of the session's keys, from 1 on           |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                 nonce, 12 bytes, new in every file            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  encrypted content, tag of 16 bytes           |
 * </pre>
 *
 * <p>The associated data are the first 12 bytes and the SHA-256 of the session id, so that a file
 * opens only as the session and version that it was written for. Nonces are random: one master key
 * is good for 2^32 files (NIST SP 800-38D section 8.3).
 */
final class StoreFile {

    /** A file's kind: the store's header, or keys. */
    static final int KIND_HEADER = 1;

    static final int KIND_KEYS = 2;

    private static final int MAGIC = 0x534C4B53;
    private static final int FORMAT = 1;
    private static final int PREFIX_SIZE_BYTES = 12;
    private static final int NONCE_SIZE_BYTES = 12;
    private static final int TAG_SIZE_BYTES = 16;
    private static final int MIN_SIZE_BYTES = PREFIX_SIZE_BYTES + NONCE_SIZE_BYTES + TAG_SIZE_BYTES;
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    private final int kind;
    private final int version;
    private final byte[] sessionHash;

    /**
     * @param version of the keys; 0 in the store's header
     * @param sessionHash SHA-256 of the session id; empty for the store's header
     */
    StoreFile(int kind, int version, byte[] sessionHash) {
        this.kind = kind;
        this.version = version;
        this.sessionHash = sessionHash.clone();
    }

    /** The file's bytes for this content. */
    byte[] seal(byte[] content, MasterKey key, SecureRandom random) {
        byte[] nonce = new byte[NONCE_SIZE_BYTES];
        random.nextBytes(nonce);
        ByteBuffer file = ByteBuffer.allocate(MIN_SIZE_BYTES + content.length);
        file.put(prefix()).put(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce);
            cipher.doFinal(ByteBuffer.wrap(content), file);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(TRANSFORMATION + " of the Java runtime failed", e);
        }
        return file.array();
    }

    /**
     * The content of a file's bytes, for the caller to overwrite.
     *
     * @param path for messages
     * @throws KeyStorageException with {@link Reason#DAMAGED_FILE} when the bytes are not what was
     *     written for this kind, session and version with this key
     */
    byte[] open(byte[] file, MasterKey key, Path path) throws KeyStorageException {
        requirePrefix(file, path);
        int nonceEnd = PREFIX_SIZE_BYTES + NONCE_SIZE_BYTES;
        byte[] nonce = Arrays.copyOfRange(file, PREFIX_SIZE_BYTES, nonceEnd);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce)
                    .doFinal(file, nonceEnd, file.length - nonceEnd);
        } catch (AEADBadTagException e) {
            throw damaged(path, "its content does not verify", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(TRANSFORMATION + " of the Java runtime failed", e);
        }
    }

    static KeyStorageException damaged(Path path, String how) {
        return new KeyStorageException(Reason.DAMAGED_FILE, path + " is damaged: " + how);
    }

    private static KeyStorageException damaged(Path path, String how, Throwable cause) {
        return new KeyStorageException(Reason.DAMAGED_FILE, path + " is damaged: " + how, cause);
    }

    private Cipher cipher(int mode, MasterKey key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        byte[] bytes = key.bytes();
        SecretKeySpec secret = new SecretKeySpec(bytes, "AES");
        Arrays.fill(bytes, (byte) 0);
        cipher.init(mode, secret, new GCMParameterSpec(Byte.SIZE * TAG_SIZE_BYTES, nonce));
        cipher.updateAAD(prefix());
        cipher.updateAAD(sessionHash);
        return cipher;
    }

    private byte[] prefix() {
        return ByteBuffer.allocate(PREFIX_SIZE_BYTES)
                .putInt(MAGIC)
                .put((byte) FORMAT)
                .put((byte) kind)
                .putShort((short) 0)
                .putInt(version)
                .array();
    }

    private void requirePrefix(byte[] file, Path path) throws KeyStorageException {
        if (file.length < MIN_SIZE_BYTES) {
            throw damaged(path, "it has " + file.length + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (bytes.getInt() != MAGIC) {
            throw damaged(path, "it does not begin as a file of a key store");
        }
        int format = bytes.get();
        if (format != FORMAT) {
            throw new KeyStorageException(
                    Reason.UNKNOWN_FORMAT,
                    "%s has format %d, expected %d".formatted(path, format, FORMAT));
        }
        if (!Arrays.equals(file, 0, PREFIX_SIZE_BYTES, prefix(), 0, PREFIX_SIZE_BYTES)) {
            throw damaged(path, "it was written under another name");
        }
    }
}
