package dev.sluice.srtp.store;

import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Random;

/**
 * A process that changes a store without end and says so, for {@link KeyManagerKillTest} to kill:
 * "begin OPERATION SESSION" before each change, "done OPERATION SESSION VERSION DIGEST" behind it.
 */
final class KeyWorker {

    static final int SESSIONS = 4;

    /** Were it never killed, it ends by itself. */
    private static final int MAX_CHANGES = 100_000;

    private KeyWorker() {}

    /**
     * @param arguments directory, master key, seed
     */
    public static void main(String[] arguments) throws IOException {
        Random choice = new Random(Long.parseLong(arguments[2]));
        MasterKey key = MasterKey.fromText(arguments[1]);
        try (KeyManager manager = KeyManager.open(Path.of(arguments[0]), key, new SecureRandom())) {
            for (int i = 0; i < MAX_CHANGES; i++) {
                change(manager, "session " + choice.nextInt(SESSIONS), choice.nextInt(10));
            }
        }
    }

    private static void change(KeyManager manager, String id, int kind) throws IOException {
        boolean exists = !manager.versions(id).isEmpty();
        String operation = !exists ? "create" : kind < 7 ? "rotate" : kind < 9 ? "trim" : "delete";
        say("begin " + operation + " " + id);
        String result =
                switch (operation) {
                    case "create" ->
                            describe(
                                    ((CreateResult.Created)
                                                    manager.create(
                                                            id, SrtpProfile.AEAD_AES_256_GCM))
                                            .stored());
                    case "rotate" -> {
                        StoredKeys rotated = manager.rotate(id);
                        yield rotated == null ? "none" : describe(rotated);
                    }
                    case "trim" ->
                            String.valueOf(manager.deleteVersionsBefore(id, Integer.MAX_VALUE));
                    default -> String.valueOf(manager.delete(id));
                };
        say("done " + operation + " " + id + " " + result);
    }

    private static String describe(StoredKeys stored) {
        return stored.version() + " " + digest(stored.keys());
    }

    /** Tells keys apart without showing them. */
    static String digest(SrtpKeys keys) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(keys.masterKey());
            digest.update(keys.masterSalt());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
