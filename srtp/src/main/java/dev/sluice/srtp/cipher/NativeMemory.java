package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A block outside the heap, zeroed when it is made and wiped when it is given back. Numbers in it
 * are big-endian; every access from here stays within its bounds.
 */
@SuppressWarnings("restricted")
final class NativeMemory implements AutoCloseable {

    /** A cache line, which is as much as any cipher's state asks for. */
    private static final int ALIGNMENT_BYTES = 64;

    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final NativeLibrary SYSTEM = NativeLibrary.ofSystem();
    private static final MethodHandle CALLOC =
            SYSTEM.function(
                    "calloc",
                    FunctionDescriptor.of(
                            NativeLibrary.POINTER, NativeLibrary.POINTER, NativeLibrary.POINTER));
    private static final MethodHandle FREE =
            SYSTEM.function("free", FunctionDescriptor.ofVoid(NativeLibrary.POINTER));

    private final int sizeBytes;

    /**
     * Where the block is; 0 when it was given back. The handle tells, too, but two objects away.
     */
    private long start;

    private final NativeHandle handle;
    private final MemorySegment segment;
    private final ByteBuffer window;

    /**
     * @throws IllegalStateException when there is no memory left
     */
    NativeMemory(int sizeBytes) {
        this.sizeBytes = sizeBytes;
        long blockSize = (long) sizeBytes + ALIGNMENT_BYTES;
        handle = new NativeHandle(calloc(blockSize), address -> wipeAndFree(address, blockSize));
        start = -ALIGNMENT_BYTES & (handle.address() + ALIGNMENT_BYTES - 1);
        segment = MemorySegment.ofAddress(start).reinterpret(sizeBytes);
        window = segment.asByteBuffer();
    }

    /** Why this system has no such memory; null when it has. */
    static @Nullable String problem() {
        return SYSTEM.problem();
    }

    int sizeBytes() {
        return sizeBytes;
    }

    /**
     * Where the byte at {@code offset} is, for native code that touches {@code spanBytes} from
     * there.
     *
     * @throws IndexOutOfBoundsException when the span leaves the block
     * @throws IllegalStateException when the block was given back
     */
    long address(int offset, int spanBytes) {
        requireOpen();
        return start + Objects.checkFromIndexSize(offset, spanBytes, sizeBytes);
    }

    void setLong(int offset, long value) {
        NativeLibrary.set(LONG, address(offset, Long.BYTES), value);
    }

    void setInt(int offset, int value) {
        NativeLibrary.set(INT, address(offset, Integer.BYTES), value);
    }

    void put(int offset, byte[] from) {
        requireOpen();
        MemorySegment.copy(from, 0, segment, ValueLayout.JAVA_BYTE, offset, from.length);
    }

    void get(int offset, byte[] to) {
        requireOpen();
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, to, 0, to.length);
    }

    /** Copies within the block. */
    void copy(int from, int to, int sizeBytes) {
        requireOpen();
        MemorySegment.copy(segment, from, segment, to, sizeBytes);
    }

    /** Copies out of a packet, wherever that has its bytes. */
    void load(int offset, ByteBuf from, int index, int sizeBytes) {
        requireOpen();
        Objects.checkFromIndexSize(index, sizeBytes, from.capacity());
        if (from.hasArray()) {
            int start = from.arrayOffset() + index;
            MemorySegment.copy(
                    from.array(), start, segment, ValueLayout.JAVA_BYTE, offset, sizeBytes);
        } else if (from.hasMemoryAddress()) {
            NativeLibrary.copy(from.memoryAddress() + index, segment, offset, sizeBytes);
        } else {
            from.getBytes(index, window.limit(offset + sizeBytes).position(offset));
        }
    }

    /** Copies into a packet that is not in direct memory. */
    void store(int offset, ByteBuf to, int index, int sizeBytes) {
        requireOpen();
        Objects.checkFromIndexSize(index, sizeBytes, to.capacity());
        if (to.hasArray()) {
            int start = to.arrayOffset() + index;
            MemorySegment.copy(
                    segment, ValueLayout.JAVA_BYTE, offset, to.array(), start, sizeBytes);
        } else {
            to.setBytes(index, window.limit(offset + sizeBytes).position(offset));
        }
    }

    /** Writes zeros over what was there. */
    void wipe(int offset, int sizeBytes) {
        requireOpen();
        segment.asSlice(offset, sizeBytes).fill((byte) 0);
    }

    @Override
    public void close() {
        start = 0;
        handle.close();
    }

    private void requireOpen() {
        if (start == 0) {
            throw NativeHandle.closed();
        }
    }

    private static long calloc(long sizeBytes) {
        try {
            return (long) CALLOC.invokeExact(1L, sizeBytes);
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }

    private static void wipeAndFree(long address, long sizeBytes) {
        MemorySegment.ofAddress(address).reinterpret(sizeBytes).fill((byte) 0);
        try {
            FREE.invokeExact(address);
        } catch (Throwable e) {
            throw NativeLibrary.misuse(e);
        }
    }
}
