package dev.sluice.server.net;

import dev.sluice.sockets.RealTime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * Has a media loop run in real time, where the system lets it, as long as that leaves enough for
 * others: no packet waits then until another thread has had its turn. A loop that is busier has its
 * share as all have, as what it would take from the others is what joins, and what collects
 * garbage.
 *
 * <p>For the loop alone, but for {@link #isRealTime}.
 */
final class LoopPriority {

    /** Of what a loop may have of a processor, above which it ends at once. */
    private static final double BUSY = 0.75;

    /** Of the same, below which it begins after {@value #CALM_LOOKS} looks. */
    private static final double CALM = 0.65;

    private static final int CALM_LOOKS = 5;

    /** How the calling thread gets it. */
    interface Scheduling {

        /** Whether it is in real time now. */
        boolean begin();

        void end();
    }

    private static final Scheduling OF_THE_SYSTEM =
            new Scheduling() {

                @Override
                public boolean begin() {
                    return RealTime.begin();
                }

                @Override
                public void end() {
                    RealTime.end();
                }
            };

    private final double most;
    private final Scheduling scheduling;
    private final LongSupplier clock;
    private final LongSupplier processorTime;
    private long lastNanos;
    private long lastProcessorNanos;
    private int calmLooks;
    private boolean isPossible;
    private volatile boolean isRealTime;

    /**
     * @param most what the loop may have of a processor, above 0 to 1
     * @param clock monotonic, in nanoseconds
     * @param processorTime what the calling thread has had of processors, in nanoseconds
     */
    LoopPriority(
            boolean isWanted,
            double most,
            Scheduling scheduling,
            LongSupplier clock,
            LongSupplier processorTime) {
        this.isPossible = isWanted;
        this.most = most;
        this.scheduling = scheduling;
        this.clock = clock;
        this.processorTime = processorTime;
        this.lastNanos = clock.getAsLong();
    }

    /** Of the thread of one of so many loops, where that is wanted and can be measured. */
    static LoopPriority ofThread(boolean isWanted, int loops) {
        int processors = Runtime.getRuntime().availableProcessors();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return new LoopPriority(
                isWanted && threads.isCurrentThreadCpuTimeSupported(),
                Math.min(1, (double) processors / loops),
                OF_THE_SYSTEM,
                System::nanoTime,
                threads::getCurrentThreadCpuTime);
    }

    /** Looks how busy the loop was since the last look; some ten times a second. */
    void look() {
        if (!isPossible) {
            return;
        }
        double share = share();
        if (share > BUSY * most) {
            calmLooks = 0;
            end();
        } else if (share >= CALM * most) {
            calmLooks = 0;
        } else if (!isRealTime && ++calmLooks == CALM_LOOKS) {
            begin();
        }
    }

    private double share() {
        long nanos = clock.getAsLong();
        long processorNanos = processorTime.getAsLong();
        long spanNanos = Math.max(1, nanos - lastNanos);
        double share = (double) (processorNanos - lastProcessorNanos) / spanNanos;
        lastNanos = nanos;
        lastProcessorNanos = processorNanos;
        return share;
    }

    private void begin() {
        calmLooks = 0;
        isRealTime = scheduling.begin();
        isPossible = isRealTime;
    }

    private void end() {
        if (isRealTime) {
            scheduling.end();
            isRealTime = false;
        }
    }

    /** Whether it runs in real time now; may be asked by any thread. */
    boolean isRealTime() {
        return isRealTime;
    }
}
