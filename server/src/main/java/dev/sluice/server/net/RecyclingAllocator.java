package dev.sluice.server.net;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.internal.PlatformDependent;

import org.jspecify.annotations.Nullable;

/**
 * Direct buffers for the packets of one thread, given out last in, first out: the next packet is
 * written where the last one was, which the processor's cache still holds. A pool that gives its
 * buffers out in turn, as Netty's do, writes each packet into memory that has gone cold.
 *
 * <p>Larger buffers than any packet needs, those that may not grow to the size of one, as what is
 * kept takes no more than it needs, those on the heap, and those of any thread but the first that
 * asked come from another allocator. A buffer may be released by any thread.
 */
public final class RecyclingAllocator extends AbstractByteBufAllocator {

    /** Any packet, with room for what protection adds. */
    public static final int PACKET_BYTES = 2 << 10;

    private static final int MAX_IDLE_PACKETS = 512;

    private final ByteBufAllocator others;
    private final BufferStack packets = new BufferStack(this, PACKET_BYTES, MAX_IDLE_PACKETS);
    private volatile @Nullable Thread owner;

    /**
     * @param others for what is not recycled here
     */
    public RecyclingAllocator(ByteBufAllocator others) {
        super(true);
        this.others = others;
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        boolean fitsAnyPacket = initialCapacity <= PACKET_BYTES && maxCapacity >= PACKET_BYTES;
        if (!fitsAnyPacket || !PlatformDependent.hasUnsafe() || !isOwner()) {
            return others.directBuffer(initialCapacity, maxCapacity);
        }
        return toLeakAwareBuffer(packets.take(maxCapacity));
    }

    @SuppressWarnings("ReferenceEquality") // of threads
    private boolean isOwner() {
        Thread current = Thread.currentThread();
        if (owner == null) {
            owner = current;
        }
        return current.equals(owner);
    }

    @SuppressWarnings("ReferenceEquality") // of threads
    boolean isOwnedByCaller() {
        return Thread.currentThread().equals(owner);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return others.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }
}
