package dev.sluice.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class DirectMemoryMetricsTest {

    /** More than anything else in this JVM takes or gives back meanwhile. */
    private static final int LARGE_BYTES = 64 << 20;

    private static final double TOLERANCE_BYTES = LARGE_BYTES / 2.0;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    DirectMemoryMetricsTest() {
        new DirectMemoryMetrics().bindTo(registry);
    }

    @Test
    void countsABufferOfNettyOnceWhileItIsThere() {
        double before = used();
        ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer(LARGE_BYTES);
        assertThat(used() - before).isBetween(TOLERANCE_BYTES, LARGE_BYTES + TOLERANCE_BYTES);
        buffer.release();
        assertThat(used() - before).isLessThan(TOLERANCE_BYTES);
    }

    @Test
    void countsABufferOfTheJdk() {
        double before = used();
        ByteBuffer buffer = ByteBuffer.allocateDirect(LARGE_BYTES);
        assertThat(used() - before).isGreaterThan(TOLERANCE_BYTES);
        assertThat(buffer.capacity()).isEqualTo(LARGE_BYTES);
    }

    @Test
    void thereIsALimitAboveWhatIsUsed() {
        assertThat(registry.get("sluice.direct.memory.limit").gauge().value())
                .isGreaterThan(used())
                .isLessThanOrEqualTo((double) Runtime.getRuntime().maxMemory());
    }

    private double used() {
        return registry.get("sluice.direct.memory").gauge().value();
    }
}
