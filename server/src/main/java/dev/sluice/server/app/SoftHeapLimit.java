package dev.sluice.server.app;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;

import java.lang.management.ManagementFactory;

/**
 * Has the collector work before the heap grows into memory that was never touched: each fresh page
 * costs more than all the work done in it. What lives may still grow beyond, up to the JVM's own
 * limit.
 *
 * <p>As an option of the JVM the same would keep it from starting where its limit is below: with a
 * quarter of the memory, on machines and in containers of less than 2 GiB.
 */
final class SoftHeapLimit {

    static final long BYTES = 512L << 20;

    private static final String OPTION = "SoftMaxHeapSize";

    private SoftHeapLimit() {}

    /** Sets it, unless somebody has set another one. */
    static void set() {
        var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm != null && isOfTheJvm(jvm.getVMOption(OPTION).getOrigin())) {
            jvm.setVMOption(OPTION, Long.toString(below(Runtime.getRuntime().maxMemory())));
        }
    }

    private static boolean isOfTheJvm(VMOption.Origin origin) {
        return origin == VMOption.Origin.DEFAULT || origin == VMOption.Origin.ERGONOMIC;
    }

    /**
     * @param mostBytes what the heap may grow to at most
     */
    static long below(long mostBytes) {
        return Math.min(BYTES, mostBytes);
    }
}
