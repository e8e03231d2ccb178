package dev.sluice.sockets;

/**
 * Real-time scheduling of the calling thread: it runs as soon as there is something for it to do,
 * before all threads that are not in real time, those of the kernel and of other processes included
 * (SCHED_RR with the least priority, sched(7)). Linux lets do so whom it lets have a {@code
 * RLIMIT_RTPRIO} of 1 or more, or CAP_SYS_NICE.
 *
 * <p>Such a thread must not wait actively for another one, whose processor it may have taken.
 */
public final class RealTime {

    private RealTime() {}

    /**
     * Begins it. Threads that this one starts are not in real time.
     *
     * @return whether it is in real time now; not where the system does not let it
     */
    public static boolean begin() {
        return LinuxThreads.canSchedule() && LinuxThreads.schedule(LinuxThreads.ROUND_ROBIN, 1);
    }

    /** Ends it: the thread has its share, by its niceness. */
    public static void end() {
        if (LinuxThreads.canSchedule()) {
            LinuxThreads.schedule(LinuxThreads.FAIR, 0);
        }
    }
}
