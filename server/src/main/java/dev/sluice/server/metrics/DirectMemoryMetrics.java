package dev.sluice.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.util.internal.PlatformDependent;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * Memory outside of the heap that buffers take, and how much it may become: allocating more fails.
 *
 * <p>Netty counts its buffers itself. With the server's JVM options it takes them from the JDK's
 * pool of direct buffers, which counts them, too; otherwise they come from elsewhere.
 */
final class DirectMemoryMetrics implements MeterBinder {

    private static final String POOL = "direct";

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("sluice.direct.memory", DirectMemoryMetrics::usedBytes)
                .description("Memory outside of the heap in use by buffers")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("sluice.direct.memory.limit", DirectMemoryMetrics::limitBytes)
                .description("What buffers outside of the heap may take at most")
                .baseUnit("bytes")
                .register(registry);
    }

    /** In use now, each buffer counted once. */
    static long usedBytes() {
        long nettyBytes = Math.max(0, PlatformDependent.usedDirectMemory());
        return isNettyApart() ? poolBytes() + nettyBytes : Math.max(poolBytes(), nettyBytes);
    }

    /** The lower of the JVM's bound, which is the largest heap by default, and Netty's own. */
    static long limitBytes() {
        long jvmBytes = PlatformDependent.estimateMaxDirectMemory();
        long nettyBytes = PlatformDependent.maxDirectMemory();
        return nettyBytes > 0 ? Math.min(jvmBytes, nettyBytes) : jvmBytes;
    }

    private static boolean isNettyApart() {
        return PlatformDependent.useDirectBufferNoCleaner() || !PlatformDependent.hasUnsafe();
    }

    private static long poolBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals(POOL))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
