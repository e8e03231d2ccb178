package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

import java.lang.ref.Reference;
import java.util.Objects;

/**
 * What AES-GCM by native code has in common: the packet is worked on where it lies. Opening
 * decrypts before the tag is known; where that does not verify, the same keystream once more
 * restores what was there.
 */
abstract class NativeAesGcm implements AesGcm {

    private static final int NONCE_OFFSET = 0;

    /** Behind the nonce, where a cache line begins. */
    private static final int OWN_OFFSET = 64;

    /** An RTCP header's first words, and the index behind them: what is associated mostly. */
    private static final int RTCP_ASSOCIATED_BYTES = 12;

    /** All in one place: with many viewers each other place is one more that has gone cold. */
    private final NativeMemory memory;

    private final NativeSpan span = new NativeSpan();
    private final NativeScratch associated = new NativeScratch(RTCP_ASSOCIATED_BYTES);

    /**
     * @param ownBytes of memory that the implementation has for itself
     */
    NativeAesGcm(int ownBytes) {
        memory = new NativeMemory(OWN_OFFSET + ownBytes);
    }

    /**
     * Where the implementation's own memory is from an offset on, for native code that touches
     * {@code spanBytes} there.
     */
    final long own(int offset, int spanBytes) {
        return memory.address(OWN_OFFSET + offset, spanBytes);
    }

    @Override
    public final void nonce(long head, int tail) {
        memory.setLong(NONCE_OFFSET, head);
        memory.setInt(NONCE_OFFSET + Long.BYTES, tail);
    }

    @Override
    public final void seal(ByteBuf packet, int clearSizeBytes) {
        Objects.checkIndex(clearSizeBytes, packet.readableBytes() + 1);
        packet.ensureWritable(TAG_SIZE_BYTES);
        long start = span.locate(packet, packet.readableBytes() + TAG_SIZE_BYTES);
        seal(packet, start, clearSizeBytes, start, clearSizeBytes);
    }

    @Override
    public final void seal(ByteBuf packet, int clearSizeBytes, int word) {
        Objects.checkIndex(clearSizeBytes, packet.readableBytes() + 1);
        packet.ensureWritable(TAG_SIZE_BYTES);
        long start = span.locate(packet, packet.readableBytes() + TAG_SIZE_BYTES);
        long data = associate(packet, clearSizeBytes, word);
        seal(packet, start, clearSizeBytes, data, clearSizeBytes + Integer.BYTES);
    }

    private void seal(
            ByteBuf packet, long start, int clearSizeBytes, long associated, int associatedBytes) {
        int size = packet.readableBytes() - clearSizeBytes;
        try {
            encrypt(nonceAddress(), associated, associatedBytes, start + clearSizeBytes, size);
        } finally {
            Reference.reachabilityFence(this);
        }
        span.store(packet, clearSizeBytes, size + TAG_SIZE_BYTES);
        packet.writerIndex(packet.writerIndex() + TAG_SIZE_BYTES);
    }

    @Override
    public final boolean open(ByteBuf packet, int clearSizeBytes, int sealedSizeBytes) {
        if (!AesGcm.hasTag(clearSizeBytes, sealedSizeBytes)) {
            return false;
        }
        Objects.checkIndex(sealedSizeBytes, packet.readableBytes() + 1);
        long start = span.locate(packet, sealedSizeBytes);
        return open(packet, start, clearSizeBytes, sealedSizeBytes, start, clearSizeBytes);
    }

    @Override
    public final boolean open(ByteBuf packet, int clearSizeBytes, int sealedSizeBytes, int word) {
        if (!AesGcm.hasTag(clearSizeBytes, sealedSizeBytes)) {
            return false;
        }
        Objects.checkIndex(sealedSizeBytes, packet.readableBytes() + 1);
        long start = span.locate(packet, sealedSizeBytes);
        long data = associate(packet, clearSizeBytes, word);
        int dataSize = clearSizeBytes + Integer.BYTES;
        return open(packet, start, clearSizeBytes, sealedSizeBytes, data, dataSize);
    }

    private boolean open(
            ByteBuf packet,
            long start,
            int clearSizeBytes,
            int sealedSizeBytes,
            long associated,
            int associatedBytes) {
        int size = sealedSizeBytes - clearSizeBytes - TAG_SIZE_BYTES;
        long data = start + clearSizeBytes;
        try {
            if (!decrypt(nonceAddress(), associated, associatedBytes, data, size)) {
                return false;
            }
        } finally {
            Reference.reachabilityFence(this);
        }
        span.store(packet, clearSizeBytes, size);
        packet.writerIndex(packet.readerIndex() + clearSizeBytes + size);
        return true;
    }

    private long nonceAddress() {
        return memory.address(NONCE_OFFSET, NONCE_SIZE_BYTES);
    }

    private long associate(ByteBuf packet, int clearSizeBytes, int word) {
        int size = clearSizeBytes + Integer.BYTES;
        NativeMemory scratch = associated.ofSize(size);
        scratch.load(0, packet, packet.readerIndex(), clearSizeBytes);
        scratch.setInt(clearSizeBytes, word);
        return scratch.address(0, size);
    }

    /**
     * Encrypts in place and writes the tag behind.
     *
     * @param nonce where its bytes are
     * @param data where {@code sizeBytes} and room for the tag are
     */
    abstract void encrypt(
            long nonce, long associated, int associatedBytes, long data, int sizeBytes);

    /**
     * Decrypts in place what the tag behind it verifies; false, with the bytes as they were, when
     * it does not.
     */
    abstract boolean decrypt(
            long nonce, long associated, int associatedBytes, long data, int sizeBytes);

    @Override
    public void close() {
        memory.close();
        span.close();
        associated.close();
    }
}
