package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

class RecyclingAllocatorTest {

    private final UnpooledByteBufAllocator others = new UnpooledByteBufAllocator(true);
    private final RecyclingAllocator allocator = new RecyclingAllocator(others);

    @Test
    void givesOutTheBufferAgainThatWasReleasedLast() {
        ByteBuf first = allocator.directBuffer(1200);
        ByteBuf second = allocator.directBuffer(1200);
        long firstAddress = first.memoryAddress();
        long secondAddress = second.memoryAddress();
        first.release();
        second.release();

        ByteBuf again = allocator.directBuffer(100);
        ByteBuf after = allocator.directBuffer(100);

        assertThat(again.memoryAddress()).isEqualTo(secondAddress);
        assertThat(after.memoryAddress()).isEqualTo(firstAddress);
        again.release();
        after.release();
    }

    @Test
    void givesOutBuffersAsIfTheyWereNew() {
        ByteBuf used = allocator.directBuffer(1200, 5000);
        used.writeZero(700).skipBytes(300).markReaderIndex().markWriterIndex().retain();
        used.release(2);

        ByteBuf again = allocator.directBuffer(1200);

        assertThat(again.refCnt()).isEqualTo(1);
        assertThat(again.readerIndex()).isZero();
        assertThat(again.writerIndex()).isZero();
        assertThat(again.resetReaderIndex().readerIndex()).isZero();
        assertThat(again.resetWriterIndex().writerIndex()).isZero();
        assertThat(again.maxCapacity()).isEqualTo(Integer.MAX_VALUE);
        again.release();
    }

    @Test
    void leavesWhatIsLargerOrOnTheHeapToTheOtherAllocator() {
        ByteBuf huge = allocator.directBuffer(RecyclingAllocator.PACKET_BYTES + 1);
        ByteBuf heap = allocator.heapBuffer(100);

        assertThat(huge.alloc()).isSameAs(others);
        assertThat(heap.alloc()).isSameAs(others);
        huge.release();
        heap.release();
    }

    @Test
    void whatMayNeverHoldAPacketTakesNoMoreThanIsAskedFor() {
        ByteBuf small = allocator.directBuffer(100, 100);

        assertThat(small.capacity()).isEqualTo(100);
        assertThat(small.alloc()).isSameAs(others);
        small.release();
    }

    @Test
    void growsABufferThatTurnsOutTooSmallAndThenLetsItGo() {
        ByteBuf buffer = allocator.directBuffer(100);

        buffer.writeZero(3 * RecyclingAllocator.PACKET_BYTES);

        assertThat(buffer.readableBytes()).isEqualTo(3 * RecyclingAllocator.PACKET_BYTES);
        buffer.release();
        ByteBuf next = allocator.directBuffer(100);
        assertThat(bare(next)).isNotSameAs(bare(buffer));
        assertThat(next.capacity()).isEqualTo(RecyclingAllocator.PACKET_BYTES);
        next.release();
    }

    @Test
    void keepsNoMoreThanSomeAtAnyTime() {
        Set<ByteBuf> first = takeAndRelease(2000);
        Set<ByteBuf> second = takeAndRelease(2000);

        second.retainAll(first);
        assertThat(second).hasSize(512);
    }

    /** By identity, as buffers are equal by what is in them. */
    private Set<ByteBuf> takeAndRelease(int count) {
        List<ByteBuf> taken = new ArrayList<>();
        Set<ByteBuf> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < count; i++) {
            ByteBuf buffer = allocator.directBuffer(1200);
            taken.add(buffer);
            seen.add(bare(buffer));
        }
        taken.forEach(ByteBuf::release);
        return seen;
    }

    /** The allocator's buffer inside of what watches it for leaks. */
    private static ByteBuf bare(ByteBuf buffer) {
        return Objects.requireNonNullElse(buffer.unwrap(), buffer);
    }

    @Test
    void servesOneThreadAndMayBeReleasedToByAny() throws InterruptedException {
        allocator.directBuffer(1200).release();
        ByteBuf[] other = new ByteBuf[1];
        ByteBuf own = allocator.directBuffer(1200);
        Thread thread =
                new Thread(
                        () -> {
                            own.release();
                            other[0] = allocator.directBuffer(1200);
                        });
        thread.start();
        thread.join();

        assertThat(own.refCnt()).isZero();
        assertThat(other[0].alloc()).isSameAs(others);
        other[0].release();
        ByteBuf next = allocator.directBuffer(1200);
        assertThat(bare(next)).as("was not kept").isNotSameAs(bare(own));
        next.release();
    }
}
