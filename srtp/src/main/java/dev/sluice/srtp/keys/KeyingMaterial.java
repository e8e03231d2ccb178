package dev.sluice.srtp.keys;

import java.util.Arrays;

/**
 * The keys of both directions, as a DTLS-SRTP handshake gives them.
 *
 * @param local protects what this side sends
 * @param remote opens what the peer sends
 */
public record KeyingMaterial(SrtpKeys local, SrtpKeys remote) {

    /**
     * @throws IllegalArgumentException when the two directions have different profiles
     */
    public KeyingMaterial {
        if (local.profile() != remote.profile()) {
            throw new IllegalArgumentException(
                    "local profile "
                            + local.profile()
                            + " differs from remote "
                            + remote.profile());
        }
    }

    /** How many bytes to export from the DTLS association for the profile. */
    public static int exportedSizeBytes(SrtpProfile profile) {
        return 2 * (profile.keySizeBytes() + profile.saltSizeBytes());
    }

    /**
     * Cuts exported bytes into keys (RFC 5764 section 4.2): client key, server key, client salt,
     * server salt.
     *
     * @throws IllegalArgumentException when the size is not {@link #exportedSizeBytes}
     */
    public static KeyingMaterial ofExported(
            SrtpProfile profile, byte[] exported, boolean isClient) {
        if (exported.length != exportedSizeBytes(profile)) {
            throw new IllegalArgumentException(
                    "exported material of " + profile + " has " + exported.length + " bytes");
        }
        int saltsStart = 2 * profile.keySizeBytes();
        SrtpKeys client = cut(profile, exported, 0, saltsStart);
        SrtpKeys server =
                cut(
                        profile,
                        exported,
                        profile.keySizeBytes(),
                        saltsStart + profile.saltSizeBytes());
        return isClient ? new KeyingMaterial(client, server) : new KeyingMaterial(server, client);
    }

    public SrtpProfile profile() {
        return local.profile();
    }

    private static SrtpKeys cut(SrtpProfile profile, byte[] exported, int keyStart, int saltStart) {
        return new SrtpKeys(
                profile,
                Arrays.copyOfRange(exported, keyStart, keyStart + profile.keySizeBytes()),
                Arrays.copyOfRange(exported, saltStart, saltStart + profile.saltSizeBytes()));
    }
}
