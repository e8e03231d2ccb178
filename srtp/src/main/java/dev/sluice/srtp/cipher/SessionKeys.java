package dev.sluice.srtp.cipher;

import java.util.Arrays;

/**
 * The keys that work on packets of one kind (RTP or RTCP) in one direction, RFC 3711 section 4.3.
 * Never prints its bytes.
 */
final class SessionKeys {

    private final byte[] encryptionKey;
    private final byte[] authenticationKey;
    private final byte[] salt;

    /** Keeps the arrays, to wipe them. The authentication key is empty for an AEAD profile. */
    SessionKeys(byte[] encryptionKey, byte[] authenticationKey, byte[] salt) {
        this.encryptionKey = encryptionKey;
        this.authenticationKey = authenticationKey;
        this.salt = salt;
    }

    byte[] encryptionKey() {
        return encryptionKey;
    }

    byte[] authenticationKey() {
        return authenticationKey;
    }

    byte[] salt() {
        return salt;
    }

    /**
     * Overwrites the keys once ciphers have taken them in; the salt, which ciphers keep, is no
     * secret that decrypts anything.
     */
    void wipe() {
        Arrays.fill(encryptionKey, (byte) 0);
        Arrays.fill(authenticationKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "SessionKeys[" + 8 * encryptionKey.length + " bits]";
    }
}
