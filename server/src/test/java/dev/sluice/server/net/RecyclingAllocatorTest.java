package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

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
        assertThat(allocator.idleBytes()).isZero();
    }

    @Test
    void growsABufferThatTurnsOutTooSmallAndThenLetsItGo() {
        ByteBuf buffer = allocator.directBuffer(100);

        buffer.writeZero(3 * RecyclingAllocator.PACKET_BYTES);

        assertThat(buffer.readableBytes()).isEqualTo(3 * RecyclingAllocator.PACKET_BYTES);
        buffer.release();
        assertThat(allocator.idleBytes()).isZero();
    }

    @Test
    void keepsNoMoreThanSomeAtAnyTime() {
        List<ByteBuf> taken = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            taken.add(allocator.directBuffer(1200));
        }
        taken.forEach(ByteBuf::release);

        assertThat(allocator.idleBytes()).isEqualTo(512L * RecyclingAllocator.PACKET_BYTES);
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
        assertThat(allocator.idleBytes()).isZero();
        assertThat(other[0].alloc()).isSameAs(others);
        other[0].release();
    }
}
