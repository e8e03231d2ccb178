package dev.sluice.srtp.cipher;

/**
 * AES-GCM with one key; nonce and associated data are rewritten for each packet. Not thread-safe.
 */
interface AesGcm {

    int TAG_SIZE_BYTES = 16;
    int NONCE_SIZE_BYTES = 12;

    /** The fastest there is on this machine. */
    static AesGcm of(byte[] key) {
        return BouncyCastleAesGcm.isAvailable() ? new BouncyCastleAesGcm(key) : new JdkAesGcm(key);
    }

    /** The nonce of the next packet, for the caller to fill in full. */
    byte[] nonce();

    /** The associated data of the next packet, for the caller to fill this many bytes of. */
    byte[] associatedData(int sizeBytes);

    /** Encrypts; the output gets the ciphertext and behind it the tag. */
    void seal(byte[] input, int sizeBytes, byte[] output);

    /**
     * Decrypts ciphertext and tag, {@code sizeBytes} together; false when the tag does not verify.
     */
    boolean open(byte[] input, int sizeBytes, byte[] output);
}
