package dev.sluice.sockets;

import static dev.sluice.sockets.LinuxCalls.call;
import static dev.sluice.sockets.LinuxCalls.find;
import static dev.sluice.sockets.LinuxCalls.misuse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls of Linux's C library for threads, which it knows by the numbers in /proc/self/task. */
final class LinuxThreads {

    /** Of setpriority and getpriority: what the number names is a process, or a thread of one. */
    private static final int PRIO_PROCESS = 0;

    /** The calling thread. */
    private static final int SELF = 0;

    static final int MOST_NICENESS = 19;

    /** SCHED_OTHER: all have a share by their niceness. */
    static final int FAIR = 0;

    /** SCHED_RR: real-time scheduling with priorities from 1 on. */
    static final int ROUND_ROBIN = 2;

    /** SCHED_RESET_ON_FORK: what the thread starts is not in real time. */
    private static final int RESET_ON_FORK = 0x4000_0000;

    /** int getpriority(int which, id_t who). */
    private static final @Nullable MethodHandle GETPRIORITY =
            find("getpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    /** int setpriority(int which, id_t who, int niceness). */
    private static final @Nullable MethodHandle SETPRIORITY =
            find("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

    /** int sched_setscheduler(pid_t thread, int policy, const struct sched_param *priority). */
    private static final @Nullable MethodHandle SETSCHEDULER =
            find(
                    "sched_setscheduler",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

    /** int sched_getscheduler(pid_t thread). */
    private static final @Nullable MethodHandle GETSCHEDULER =
            find("sched_getscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private LinuxThreads() {}

    /** Whether the calls can be made here. */
    static boolean areAvailable() {
        return GETPRIORITY != null && SETPRIORITY != null;
    }

    /** The niceness of the calling thread, -20 (first) to 19 (last). */
    static int niceness() {
        return niceness(SELF);
    }

    /** The niceness of a thread; -1 also where there is no such thread. */
    static int niceness(int thread) {
        try {
            return (int) call(GETPRIORITY).invokeExact(PRIO_PROCESS, thread);
        } catch (Throwable e) {
            throw misuse(e);
        }
    }

    /**
     * Sets the niceness of a thread, which everybody may raise and only the administrator lower.
     * Threads that it starts from then on are as nice.
     *
     * @param niceness -20 to {@link #MOST_NICENESS}
     * @return whether that was done; not where there is no such thread
     */
    static boolean setNiceness(int thread, int niceness) {
        try {
            return (int) call(SETPRIORITY).invokeExact(PRIO_PROCESS, thread, niceness) == 0;
        } catch (Throwable e) {
            throw misuse(e);
        }
    }

    /** Whether {@link #schedule} can be called here. */
    static boolean canSchedule() {
        return SETSCHEDULER != null && GETSCHEDULER != null;
    }

    /**
     * Sets how the calling thread is scheduled.
     *
     * @param policy {@link #FAIR} or {@link #ROUND_ROBIN}
     * @param priority 0 for the former, 1 (least) to 99 for the latter
     * @return whether that was done; not without the right to it
     */
    static boolean schedule(int policy, int priority) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameter = arena.allocateFrom(JAVA_INT, priority);
            return (int) call(SETSCHEDULER).invokeExact(SELF, policy | RESET_ON_FORK, parameter)
                    == 0;
        } catch (Throwable e) {
            throw misuse(e);
        }
    }

    /** The policy of the calling thread. */
    static int policy() {
        try {
            return (int) call(GETSCHEDULER).invokeExact(SELF) & ~RESET_ON_FORK;
        } catch (Throwable e) {
            throw misuse(e);
        }
    }
}
