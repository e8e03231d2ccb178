package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

import java.nio.ReadOnlyBufferException;
import java.util.Objects;

/**
 * Where native code finds a packet: in the buffer's own memory when that is direct, else in a copy
 * that {@link #store} brings back. All that native code is told of a packet comes from here, held
 * against the buffer's bounds before.
 */
final class NativeSpan implements AutoCloseable {

    /** Fits an Ethernet frame with its tag at once. */
    private static final int FRAME_BYTES = 2048;

    private final NativeScratch scratch = new NativeScratch(FRAME_BYTES);

    /**
     * The address of the readable bytes' start, from which native code may touch up to {@code
     * spanBytes}; they are readable already or {@link ByteBuf#ensureWritable} made room for them.
     *
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws ReadOnlyBufferException when nobody may write to it
     */
    long locate(ByteBuf packet, int spanBytes) {
        if (packet.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        return read(packet, spanBytes);
    }

    /** {@link #locate} for native code that only reads. */
    long read(ByteBuf packet, int spanBytes) {
        int start = packet.readerIndex();
        Objects.checkFromIndexSize(start, spanBytes, packet.capacity());
        if (packet.refCnt() <= 0) {
            throw new IllegalStateException("The packet's buffer was released");
        }
        return packet.hasMemoryAddress()
                ? packet.memoryAddress() + start
                : copy(packet, start, spanBytes);
    }

    private long copy(ByteBuf packet, int start, int spanBytes) {
        NativeMemory memory = scratch.ofSize(spanBytes);
        memory.load(0, packet, start, Math.min(spanBytes, packet.readableBytes()));
        return memory.address(0, spanBytes);
    }

    /** Brings back what native code wrote from an offset on, where it had a copy. */
    void store(ByteBuf packet, int offset, int sizeBytes) {
        if (!packet.hasMemoryAddress()) {
            int size = offset + sizeBytes;
            scratch.ofSize(size).store(offset, packet, packet.readerIndex() + offset, sizeBytes);
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
