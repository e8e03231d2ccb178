package dev.sluice.srtp.cipher;

/**
 * The keys that work on packets of one kind (RTP or RTCP) in one direction, RFC 3711 section 4.3.
 * Never prints its bytes.
 */
final class SessionKeys {

    private final byte[] encryptionKey;
    private final byte[] authenticationKey;
    private final byte[] salt;

    /** Keeps the arrays. The authentication key is empty for an AEAD profile. */
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

    @Override
    public String toString() {
        return "SessionKeys[" + 8 * encryptionKey.length + " bits]";
    }
}
