package dev.sluice.srtp.store;

import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a key file keeps encrypted.
 *
 * <pre>
 *   | size, 1 byte | profile's name | size, 2 bytes | session id, UTF-8 | master key | master salt |
 * </pre>
 *
 * @param sessionId the file's name has only its hash
 */
record KeyContent(String sessionId, SrtpKeys keys) {

    /** For the caller to overwrite. */
    byte[] encode() {
        byte[] profile = keys.profile().name().getBytes(StandardCharsets.US_ASCII);
        byte[] id = sessionId.getBytes(StandardCharsets.UTF_8);
        byte[] key = keys.masterKey();
        byte[] salt = keys.masterSalt();
        int size = 1 + profile.length + 2 + id.length + key.length + salt.length;
        byte[] content =
                ByteBuffer.allocate(size)
                        .put((byte) profile.length)
                        .put(profile)
                        .putShort((short) id.length)
                        .put(id)
                        .put(key)
                        .put(salt)
                        .array();
        Arrays.fill(key, (byte) 0);
        Arrays.fill(salt, (byte) 0);
        return content;
    }

    /**
     * @param path for messages
     */
    static KeyContent decode(byte[] content, Path path) throws KeyStorageException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        String name = text(bytes, bytes.hasRemaining() ? bytes.get() & 0xFF : 0, path);
        SrtpProfile profile = SrtpProfile.ofSuite(name);
        if (profile == null) {
            throw StoreFile.damaged(path, "nobody knows its SRTP profile");
        }
        int idSize = bytes.remaining() < Short.BYTES ? 0 : bytes.getShort() & 0xFFFF;
        String sessionId = text(bytes, idSize, path);
        if (bytes.remaining() != profile.keySizeBytes() + profile.saltSizeBytes()) {
            throw StoreFile.damaged(path, "its keys have the wrong size");
        }
        byte[] key = new byte[profile.keySizeBytes()];
        byte[] salt = new byte[profile.saltSizeBytes()];
        bytes.get(key).get(salt);
        SrtpKeys keys = new SrtpKeys(profile, key, salt);
        Arrays.fill(key, (byte) 0);
        Arrays.fill(salt, (byte) 0);
        return new KeyContent(sessionId, keys);
    }

    private static String text(ByteBuffer bytes, int size, Path path) throws KeyStorageException {
        if (size > bytes.remaining()) {
            throw StoreFile.damaged(path, "its content is cut short");
        }
        byte[] text = new byte[size];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
