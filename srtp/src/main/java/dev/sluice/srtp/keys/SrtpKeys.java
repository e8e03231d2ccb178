package dev.sluice.srtp.keys;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The master key and master salt of one direction. Never prints its bytes; {@link #wipe()} or
 * {@link #close()} overwrites them when nobody needs them any more.
 */
public final class SrtpKeys implements AutoCloseable {

    private final SrtpProfile profile;
    private final byte[] masterKey;
    private final byte[] masterSalt;
    private volatile boolean wiped;

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

    /** A fresh key and salt. */
    public static SrtpKeys random(SrtpProfile profile, SecureRandom random) {
        byte[] key = new byte[profile.keySizeBytes()];
        byte[] salt = new byte[profile.saltSizeBytes()];
        random.nextBytes(key);
        random.nextBytes(salt);
        SrtpKeys keys = new SrtpKeys(profile, key, salt);
        Arrays.fill(key, (byte) 0);
        Arrays.fill(salt, (byte) 0);
        return keys;
    }

    public SrtpProfile profile() {
        return profile;
    }

    /**
     * A copy of the master key, for the caller to overwrite after use.
     *
     * @throws IllegalStateException after {@link #wipe()}
     */
    public byte[] masterKey() {
        requireUnwiped();
        return masterKey.clone();
    }

    /**
     * A copy of the master salt, for the caller to overwrite after use.
     *
     * @throws IllegalStateException after {@link #wipe()}
     */
    public byte[] masterSalt() {
        requireUnwiped();
        return masterSalt.clone();
    }

    /**
     * Overwrites key and salt with zeros. Senders and receivers made before keep working: they have
     * their own session keys.
     */
    public void wipe() {
        wiped = true;
        Arrays.fill(masterKey, (byte) 0);
        Arrays.fill(masterSalt, (byte) 0);
    }

    /** The same as {@link #wipe()}. */
    @Override
    public void close() {
        wipe();
    }

    public boolean isWiped() {
        return wiped;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrtpKeys that
                && profile == that.profile
                && wiped == that.wiped
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

    private void requireUnwiped() {
        if (wiped) {
            throw new IllegalStateException("the keys of " + profile + " have been wiped");
        }
    }

    private static void requireSize(String what, byte[] bytes, int expected, SrtpProfile profile) {
        if (bytes.length != expected) {
            throw new IllegalArgumentException(
                    what + " of " + profile + " has " + expected + " bytes, not " + bytes.length);
        }
    }
}
