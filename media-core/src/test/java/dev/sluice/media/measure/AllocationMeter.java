package dev.sluice.media.measure;

import com.sun.management.ThreadMXBean;

import io.netty.util.ResourceLeakDetector;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.lang.management.ManagementFactory;

/**
 * Tells what a thread allocates. While a test with this extension runs, Netty looks for no leaks,
 * which itself allocates.
 */
public final class AllocationMeter implements BeforeEachCallback, AfterEachCallback {

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

    /** What the calling thread allocates during the work, in bytes. */
    public long bytesOf(Runnable work) {
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ResourceLeakDetector.setLevel(level);
    }
}
