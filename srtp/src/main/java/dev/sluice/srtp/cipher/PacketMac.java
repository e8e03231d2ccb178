package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

/** HMAC-SHA1 with one key over the start of a packet. Not thread-safe. */
interface PacketMac extends AutoCloseable {

    int SIZE_BYTES = 20;

    /** The digest of the first readable bytes; the array is reused for the next one. */
    byte[] digest(ByteBuf packet, int sizeBytes);

    /** {@link #digest} with this word behind the bytes. */
    byte[] digest(ByteBuf packet, int sizeBytes, int word);

    /** Forgets the key; nothing else may be called then. */
    @Override
    void close();
}
