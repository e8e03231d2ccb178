package dev.sluice.server.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;

/**
 * Asks Linux for short turns of the calling thread (sched_setattr(2), from Linux 6.12 on, without
 * any privilege). Who takes short turns gets his next one sooner: a packet need not wait until the
 * JVM's compiler or collector, busy on the same core, has used up a turn of some milliseconds. The
 * thread's share of the processor stays what it was.
 */
final class LinuxScheduler {

    /** The shortest turn that Linux gives. */
    static final long TURN_NANOS = 100_000;

    private static final int SCHED_OTHER = 0;
    private static final int THIS_THREAD = 0;
    private static final int NO_FLAGS = 0;

    /** struct sched_attr in its first version: size, policy, flags, nice, priority, three times. */
    private static final long SIZE_BYTES = 48;

    private static final long POLICY_OFFSET = 4;
    private static final long NICE_OFFSET = 16;
    private static final long RUNTIME_OFFSET = 24;

    /** The calls have no functions in older C libraries; their numbers are per architecture. */
    private record Numbers(long set, long get) {}

    private static final Map<String, Numbers> NUMBERS =
            Map.of("amd64", new Numbers(314, 315), "aarch64", new Numbers(274, 275));

    private static final @Nullable Numbers HERE = NUMBERS.get(System.getProperty("os.arch"));

    /** long syscall(long number, ...), here with (pid, attributes, flags). */
    private static final @Nullable MethodHandle SET =
            LinuxCalls.find(
                    "syscall",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
                    Linker.Option.firstVariadicArg(1));

    /** The same with (pid, attributes, size, flags). */
    private static final @Nullable MethodHandle GET =
            LinuxCalls.find(
                    "syscall",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                    Linker.Option.firstVariadicArg(1));

    /**
     * How the kernel gives turns to a thread.
     *
     * @param policy 0 is the usual one, in which all share the processor
     * @param turnNanos 0 where the kernel does not tell
     */
    record Turns(int policy, int nice, long turnNanos) {}

    private LinuxScheduler() {}

    /**
     * Does nothing where the kernel cannot, or where the thread has a policy of its own, as by
     * {@code chrt}.
     */
    static void takeShortTurns() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = attributes(arena);
            if (attributes != null && attributes.get(JAVA_INT, POLICY_OFFSET) == SCHED_OTHER) {
                attributes.set(JAVA_LONG, RUNTIME_OFFSET, TURN_NANOS);
                set(attributes);
            }
        }
    }

    /** Of the calling thread; null where the kernel does not tell. */
    static @Nullable Turns turns() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = attributes(arena);
            return attributes == null
                    ? null
                    : new Turns(
                            attributes.get(JAVA_INT, POLICY_OFFSET),
                            attributes.get(JAVA_INT, NICE_OFFSET),
                            attributes.get(JAVA_LONG, RUNTIME_OFFSET));
        }
    }

    private static @Nullable MemorySegment attributes(Arena arena) {
        if (HERE == null || GET == null) {
            return null;
        }
        MemorySegment attributes =
                arena.allocate(MemoryLayout.sequenceLayout(SIZE_BYTES / Long.BYTES, JAVA_LONG));
        try {
            long result =
                    (long)
                            GET.invokeExact(
                                    HERE.get(),
                                    THIS_THREAD,
                                    attributes,
                                    (int) SIZE_BYTES,
                                    NO_FLAGS);
            return result == 0 ? attributes : null;
        } catch (Throwable e) {
            throw LinuxCalls.misuse(e);
        }
    }

    private static void set(MemorySegment attributes) {
        if (HERE == null || SET == null) {
            return;
        }
        try {
            // An older kernel takes no notice, and a refusal leaves the thread as it was.
            long _ = (long) SET.invokeExact(HERE.set(), THIS_THREAD, attributes, NO_FLAGS);
        } catch (Throwable e) {
            throw LinuxCalls.misuse(e);
        }
    }
}
