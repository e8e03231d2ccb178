package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

/**
 * AES in counter mode with one key over a packet, which is a buffer's readable bytes. Not
 * thread-safe.
 */
interface PacketKeystream extends AutoCloseable {

    /**
     * Encrypts or, being its own inverse, decrypts in place all behind the bytes in the clear.
     *
     * @param counterHead the first eight bytes of the first counter block
     * @param counterTail the last eight
     */
    void apply(ByteBuf packet, int clearSizeBytes, long counterHead, long counterTail);

    /** Forgets the key; nothing else may be called then. */
    @Override
    void close();
}
