package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

/**
 * AES-GCM with one key over a packet, which is a buffer's readable bytes: its first bytes stay in
 * the clear and are associated data, the rest is encrypted in place, the tag comes behind it. Not
 * thread-safe.
 */
interface AesGcm extends AutoCloseable {

    int TAG_SIZE_BYTES = 16;
    int NONCE_SIZE_BYTES = 12;

    /** The first eight and the last four bytes of the next packet's nonce. */
    void nonce(long head, int tail);

    /** Encrypts and appends the tag. */
    void seal(ByteBuf packet, int clearSizeBytes);

    /** {@link #seal} with this word as associated data behind the bytes in the clear. */
    void seal(ByteBuf packet, int clearSizeBytes, int word);

    /**
     * Decrypts, and ends the packet where the tag began; false, with the buffer as it was, when the
     * tag does not verify or there is no room for one.
     *
     * @param sealedSizeBytes where the tag ends: bytes in the clear, ciphertext and tag
     */
    boolean open(ByteBuf packet, int clearSizeBytes, int sealedSizeBytes);

    /** {@link #open} with this word as associated data behind the bytes in the clear. */
    boolean open(ByteBuf packet, int clearSizeBytes, int sealedSizeBytes, int word);

    /** Whether a packet of this size has room for a tag behind its bytes in the clear. */
    static boolean hasTag(int clearSizeBytes, int sealedSizeBytes) {
        return clearSizeBytes >= 0 && sealedSizeBytes - clearSizeBytes >= TAG_SIZE_BYTES;
    }

    /** Forgets the key; nothing else may be called then. */
    @Override
    void close();
}
