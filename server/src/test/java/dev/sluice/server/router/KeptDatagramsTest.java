package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.router.OfferText.Formats;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.Test;

/** What a viewer without RTX takes: of each packet that he may ask for, its very bytes. */
class KeptDatagramsTest {

    private static final Formats SOUND_ALONE = new Formats(109, 100, 101, true);
    private static final Formats PICTURE_ALONE = new Formats(109, 100, Formats.NO_RTX, false);

    /** A packet of the simulated publisher, with all that is added to it. */
    private static final int MAX_DATAGRAM_BYTES = 400;

    private final Packets memory = new Packets();

    /** Has room for any packet in each buffer, as the loops' allocator does. */
    private static final class Packets extends AbstractByteBufAllocator {

        private static final int PACKET_BYTES = 2048;

        private final UnpooledByteBufAllocator counted = new UnpooledByteBufAllocator(true);

        Packets() {
            super(true);
        }

        long heldBytes() {
            return counted.metric().usedDirectMemory();
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            int capacity = Math.min(maxCapacity, Math.max(initialCapacity, PACKET_BYTES));
            return counted.directBuffer(capacity, maxCapacity);
        }

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return counted.heapBuffer(initialCapacity, maxCapacity);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }

    private EngineWorld world(long seed) {
        return new EngineWorld(seed, WorldSettings.settings(), 1, memory);
    }

    @Test
    void ofSoundAsMuchIsKeptAsThePublishersRingHasAndNoMoreThanItsBytes() {
        try (var world = world(1)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", SOUND_ALONE);
            world.run(22_000);

            assertThat(viewer.audio().packets()).hasSizeGreaterThan(1_090);
            assertThat(memory.heldBytes()).isBetween(256 * 300L, 256L * MAX_DATAGRAM_BYTES);
        }
        assertThat(memory.heldBytes()).isZero();
    }

    @Test
    void whatIsBeforeAKeyFrameIsLetGoOf() {
        try (var world = world(2)) {
            world.connectedPublisher("s", SimulatedPublisher.WITH_RTX);
            var viewer = world.connectedViewer("s", PICTURE_ALONE);
            world.run(8_000);
            assertThat(memory.heldBytes()).isGreaterThan(600 * 300L);

            viewer.requestKeyFrame(world::send);
            world.run(200);

            int sinceThen = 3 * 8;
            assertThat(memory.heldBytes()).isBetween(1L, (long) sinceThen * MAX_DATAGRAM_BYTES);
        }
        assertThat(memory.heldBytes()).isZero();
    }
}
