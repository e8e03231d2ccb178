package dev.sluice.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

class MediaStampTest {

    private static final int RUN = 77;
    private static final long NANOS = 1_234_567_890_123L;

    private final ByteBuf payload = Unpooled.buffer().writeZero(100);

    @Test
    void readsWhatItWrote() {
        assertThat(MediaStamp.write(payload, 100, 100, RUN, NANOS)).isTrue();

        assertThat(MediaStamp.read(payload, 100, 100, RUN)).isEqualTo(NANOS);
        assertThat(payload.getLong(100 - MediaStamp.SIZE_BYTES - Long.BYTES)).isZero();
    }

    @Test
    void survivesAnotherDescriptorInFront() {
        MediaStamp.write(payload, 100, 100, RUN, NANOS);
        ByteBuf rewritten = Unpooled.buffer().writeZero(3).writeBytes(payload, 1, 99);

        assertThat(MediaStamp.read(rewritten, 102, 102, RUN)).isEqualTo(NANOS);
    }

    @Test
    void leavesShortPayloadsAlone() {
        assertThat(MediaStamp.write(payload, 63, 63, RUN, NANOS)).isFalse();

        assertThat(payload.equals(Unpooled.buffer().writeZero(100))).isTrue();
        assertThat(MediaStamp.read(payload, 10, 10, RUN)).isEqualTo(MediaStamp.NONE);
    }

    @Test
    void doesNotTakeTheStampsOfAnotherRun() {
        MediaStamp.write(payload, 100, 100, RUN + 1, NANOS);

        assertThat(MediaStamp.read(payload, 100, 100, RUN)).isEqualTo(MediaStamp.NONE);
    }

    @Test
    void doesNotTakeOtherBytesForAStamp() {
        assertThat(MediaStamp.read(payload, 100, 100, 0)).isEqualTo(MediaStamp.NONE);
    }
}
