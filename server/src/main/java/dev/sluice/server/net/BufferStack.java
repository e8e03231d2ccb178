package dev.sluice.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledUnsafeDirectByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** Buffers of one size that were released and wait to be used again, the last one first. */
final class BufferStack {

    private final RecyclingAllocator allocator;
    private final int sizeBytes;
    private final @Nullable Recycled[] idle;
    private int size;

    BufferStack(RecyclingAllocator allocator, int sizeBytes, int maxIdle) {
        this.allocator = allocator;
        this.sizeBytes = sizeBytes;
        this.idle = new Recycled[maxIdle];
    }

    /**
     * @param maxCapacity not below the size
     */
    ByteBuf take(int maxCapacity) {
        if (size == 0) {
            return new Recycled(sizeBytes, maxCapacity);
        }
        Recycled buffer = Objects.requireNonNull(idle[--size]);
        idle[size] = null;
        return buffer.reuse(maxCapacity);
    }

    private boolean keep(Recycled buffer) {
        boolean hasRoom = allocator.isOwnedByCaller() && size < idle.length;
        if (hasRoom) {
            idle[size++] = buffer;
        }
        return hasRoom;
    }

    /** Comes back to the stack when it is released for the last time. */
    private final class Recycled extends UnpooledUnsafeDirectByteBuf {

        Recycled(int capacity, int maxCapacity) {
            super(allocator, capacity, maxCapacity);
        }

        ByteBuf reuse(int maxCapacity) {
            maxCapacity(maxCapacity);
            resetRefCnt();
            clear();
            markReaderIndex();
            markWriterIndex();
            return this;
        }

        @Override
        protected void deallocate() {
            if (capacity() != sizeBytes || !keep(this)) {
                super.deallocate();
            }
        }
    }
}
