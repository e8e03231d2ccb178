package dev.sluice.sockets;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.internal.PlatformDependent;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Instant;

/**
 * Tells when the kernel took in the datagram that was read last from a socket: how late its reader
 * is must not count as delay. Where the kernel does not tell (not Linux, not epoll), the time of
 * the call has to do. For one thread.
 */
public final class ArrivalClock {

    /** The kernel's stamp of the last datagram, as a struct timespec (socket(7), Linux). */
    private static final long SIOCGSTAMPNS = 0x8907;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Two readings of the clock with this between them tell one time. */
    private static final long CLOSE_NANOS = 5_000;

    private static final int MAX_READINGS = 3;

    /** int ioctl(int fd, unsigned long request, ...). */
    private static final @Nullable MethodHandle IOCTL = find();

    private final MemorySegment stamp = Arena.ofAuto().allocate(2 * JAVA_LONG.byteSize(), 8);

    private static @Nullable MethodHandle find() {
        if (PlatformDependent.isOsx()
                || PlatformDependent.isWindows()
                || ADDRESS.byteSize() != Long.BYTES) {
            return null;
        }
        try {
            return ioctl();
        } catch (UnsupportedOperationException | IllegalCallerException e) {
            return null;
        }
    }

    @SuppressWarnings("restricted")
    private static @Nullable MethodHandle ioctl() {
        var form = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("ioctl")
                .map(
                        address ->
                                linker.downcallHandle(
                                        address, form, Linker.Option.firstVariadicArg(2)))
                .orElse(null);
    }

    /** Asks the kernel to stamp what comes from now on. */
    public void watch(Channel channel) {
        var _ = stampNanos(channel);
    }

    /** When the datagram that was read last came, by the monotonic clock; never later than now. */
    public long arrivalNanos(Channel channel) {
        long stampNanos = stampNanos(channel);
        for (int reading = 1; ; reading++) {
            long before = System.nanoTime();
            long wallNanos = wallNanos();
            long nowNanos = System.nanoTime();
            if (nowNanos - before <= CLOSE_NANOS || reading == MAX_READINGS) {
                return stampNanos == 0 ? nowNanos : nowNanos - Math.max(0, wallNanos - stampNanos);
            }
        }
    }

    /** By the wall clock; 0 where there is no stamp. */
    private long stampNanos(Channel channel) {
        if (IOCTL == null || !(channel instanceof UnixChannel socket)) {
            return 0;
        }
        try {
            int result = (int) IOCTL.invokeExact(socket.fd().intValue(), SIOCGSTAMPNS, stamp);
            return result == 0 ? read() : 0;
        } catch (Throwable e) {
            throw new IllegalStateException("A native call was not made as it was declared", e);
        }
    }

    private long read() {
        return stamp.get(JAVA_LONG, 0) * NANOS_PER_SECOND
                + stamp.get(JAVA_LONG, JAVA_LONG.byteSize());
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}
