package dev.sluice.srtp.keys;

import java.security.MessageDigest;

/** The master key and master salt of one direction. Never prints its bytes. */
public final class SrtpKeys {

    private final SrtpProfile profile;
    private final byte[] masterKey;
    private final byte[] masterSalt;

    /**
     * @throws IllegalArgumentException when a size is not the one the profile asks for
     */
    public SrtpKeys(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        requireSize("master key", masterKey, profile.keySizeBytes(), profile);
        requireSize("master salt", masterSalt, profile.saltSizeBytes(), profile);
        this.profile = profile;
        this.masterKey = masterKey.clone();
        this.masterSalt = masterSalt.clone();
    }

    public SrtpProfile profile() {
        return profile;
    }

    /** A copy of the master key. */
    public byte[] masterKey() {
        return masterKey.clone();
    }

    /** A copy of the master salt. */
    public byte[] masterSalt() {
        return masterSalt.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrtpKeys that
                && profile == that.profile
                && MessageDigest.isEqual(masterKey, that.masterKey)
                && MessageDigest.isEqual(masterSalt, that.masterSalt);
    }

    /** Of the profile only, so that a hash seen in a dump says nothing about the key. */
    @Override
    public int hashCode() {
        return profile.hashCode();
    }

    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }

    private static void requireSize(String what, byte[] bytes, int expected, SrtpProfile profile) {
        if (bytes.length != expected) {
            throw new IllegalArgumentException(
                    what + " of " + profile + " has " + expected + " bytes, not " + bytes.length);
        }
    }
}
