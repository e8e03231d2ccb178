package dev.sluice.sockets;

import static dev.sluice.sockets.LinuxCalls.call;
import static dev.sluice.sockets.LinuxCalls.find;
import static dev.sluice.sockets.LinuxCalls.misuse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls of Linux's C library for sockets, on 64-bit little-endian machines. */
public final class LinuxSockets {

    public static final int EINTR = 4;
    public static final int EAGAIN = 11;

    public static final short AF_INET = 2;
    public static final short AF_INET6 = 10;

    /** Of recvmmsg: not to wait for anything. */
    private static final int MSG_DONTWAIT = 0x40;

    static final int SOL_SOCKET = 1;

    /** The option, and the type of the control message that it brings: a struct timespec. */
    static final int SO_TIMESTAMPNS = 35;

    private static final int SO_DOMAIN = 39;
    private static final int SO_MEMINFO = 55;

    /** Of linux/sock_diag.h: how many values SO_MEMINFO has, and which is the drops. */
    private static final int MEMINFO_VALUES = 9;

    private static final int MEMINFO_DROPS = 8;

    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

    /** int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags). */
    private static final @Nullable MethodHandle SENDMMSG =
            find(
                    "sendmmsg",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                    ERRNO);

    /**
     * int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *).
     */
    private static final @Nullable MethodHandle RECVMMSG =
            find(
                    "recvmmsg",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS),
                    ERRNO);

    /** int dup(int fd). */
    private static final @Nullable MethodHandle DUP =
            find("dup", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    /** int getsockopt(int fd, int level, int name, void *value, socklen_t *size). */
    private static final @Nullable MethodHandle GETSOCKOPT =
            find(
                    "getsockopt",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS),
                    ERRNO);

    /** int setsockopt(int fd, int level, int name, const void *value, socklen_t size). */
    private static final @Nullable MethodHandle SETSOCKOPT =
            find(
                    "setsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

    private LinuxSockets() {}

    /** Whether the calls can be made here. */
    public static boolean areAvailable() {
        return SENDMMSG != null
                && RECVMMSG != null
                && DUP != null
                && GETSOCKOPT != null
                && SETSOCKOPT != null;
    }

    /** Room for the error of the last call. */
    public static MemorySegment newErrno(Arena arena) {
        return arena.allocate(Linker.Option.captureStateLayout());
    }

    /** Why the last call failed. */
    public static int error(MemorySegment errno) {
        return errno.get(JAVA_INT, 0);
    }

    /**
     * Sends messages.
     *
     * @param messages an array of struct mmsghdr
     * @return how many were sent; -1 with the reason in {@code errno} when it was none
     */
    public static int sendmmsg(MemorySegment errno, int socket, MemorySegment messages, int count) {
        try {
            return (int) call(SENDMMSG).invokeExact(errno, socket, messages, count, 0);
        } catch (Throwable e) {
            throw misuse(e);
        }
    }

    /**
     * Receives messages that have come; does not wait for any.
     *
     * @param messages an array of struct mmsghdr
     * @return how many were received; -1 with the reason in {@code errno} when it was none
     */
    public static int recvmmsg(MemorySegment errno, int socket, MemorySegment messages, int count) {
        try {
            return (int)
                    call(RECVMMSG)
                            .invokeExact(
                                    errno,
                                    socket,
                                    messages,
                                    count,
                                    MSG_DONTWAIT,
                                    MemorySegment.NULL);
        } catch (Throwable e) {
            throw misuse(e);
        }
    }

    /** Another descriptor of the same socket; -1 where there is none left. */
    static int duplicate(int socket) {
        try {
            return (int) call(DUP).invokeExact(socket);
        } catch (Throwable e) {
            throw misuse(e);
        }
    }

    /** {@link #AF_INET} or {@link #AF_INET6}; something else where that cannot be told. */
    public static int family(int socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            return getsockopt(arena, socket, SO_DOMAIN, value) ? value.get(JAVA_INT, 0) : -1;
        }
    }

    /**
     * Datagrams that the kernel dropped since the socket was opened, mostly because its buffer was
     * full; a number of 32 bits that wraps around. -1 where that cannot be told (Linux before
     * 4.12).
     */
    public static long receiveDrops(int socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(JAVA_INT, MEMINFO_VALUES);
            return getsockopt(arena, socket, SO_MEMINFO, memory)
                    ? Integer.toUnsignedLong(memory.getAtIndex(JAVA_INT, MEMINFO_DROPS))
                    : -1;
        }
    }

    /**
     * Has the kernel tell with each datagram when it took it in, by the wall clock (socket(7)).
     *
     * @return whether it will
     */
    public static boolean stampDatagrams(int socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
            return (int)
                            call(SETSOCKOPT)
                                    .invokeExact(
                                            socket,
                                            SOL_SOCKET,
                                            SO_TIMESTAMPNS,
                                            on,
                                            (int) on.byteSize())
                    == 0;
        } catch (Throwable e) {
            throw misuse(e);
        }
    }

    private static boolean getsockopt(Arena arena, int socket, int name, MemorySegment value) {
        MemorySegment size = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
        MemorySegment errno = newErrno(arena);
        try {
            int result =
                    (int)
                            call(GETSOCKOPT)
                                    .invokeExact(errno, socket, SOL_SOCKET, name, value, size);
            return result == 0;
        } catch (Throwable e) {
            throw misuse(e);
        }
    }
}
