package dev.sluice.sockets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Receives by recvmmsg, from one socket or from several in turn, into buffers that are used again
 * and again: no object is made for a datagram. For one thread, and for 64-bit Linux.
 */
public final class ReceiveBuffers {

    private final int bufferBytes;
    private final MemorySegment errno;
    private final ReceiveArray array;
    private final @Nullable ByteBuf[] buffers;

    /**
     * Without memory for datagrams yet, see {@link #fill}.
     *
     * @param count of datagrams that are received at once, at most
     * @param bufferBytes the longest datagram; of longer ones that much
     */
    public ReceiveBuffers(int count, int bufferBytes) {
        Arena arena = Arena.ofAuto();
        this.bufferBytes = bufferBytes;
        this.errno = LinuxSockets.newErrno(arena);
        this.array = new ReceiveArray(arena, count);
        this.buffers = new ByteBuf[count];
    }

    /** Whether this can be done here with a socket: a sandbox may forbid the call. */
    public static boolean mayReceive(int socket) {
        return LinuxSockets.areAvailable()
                && haveBuffersAddresses()
                && new ReceiveBuffers(1, 1).receive(socket, 0) == 0;
    }

    private static boolean haveBuffersAddresses() {
        ByteBuf buffer = newBuffer(1);
        boolean hasAddress = buffer.hasMemoryAddress();
        buffer.release();
        return hasAddress;
    }

    /** It cannot grow, as the kernel would go on to write where it was. */
    private static ByteBuf newBuffer(int sizeBytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(sizeBytes, sizeBytes);
    }

    /** How many datagrams are received at once, at most. */
    public int count() {
        return buffers.length;
    }

    /** Has memory for each datagram. */
    public void fill() {
        for (int i = 0; i < buffers.length; i++) {
            prepare(i);
        }
    }

    private void prepare(int message) {
        ByteBuf buffer = newBuffer(bufferBytes);
        buffers[message] = buffer;
        array.setMemory(message, buffer.memoryAddress(), bufferBytes);
    }

    /**
     * Receives what has come, and does not wait for any.
     *
     * @return how many datagrams; -1 where the reason is told by {@link #error}
     */
    public int receive(int socket) {
        return receive(socket, buffers.length);
    }

    private int receive(int socket, int most) {
        return LinuxSockets.recvmmsg(errno, socket, array.messages(), most);
    }

    /** Why there was nothing to receive. */
    public int error() {
        return LinuxSockets.error(errno);
    }

    /**
     * A datagram that was received, until {@link #renew}; who retains it keeps it.
     *
     * @throws IllegalStateException when there was no memory for it
     */
    public ByteBuf datagram(int message) {
        ByteBuf buffer = buffers[message];
        if (buffer == null) {
            throw new IllegalStateException("There was no memory for a datagram");
        }
        return buffer.setIndex(0, array.receivedBytes(message));
    }

    /** Where the datagrams came from. */
    public AddressArray senders() {
        return array.senders();
    }

    /**
     * When the kernel took the datagram in, by the wall clock in nanoseconds; 0 where it does not
     * say, as for sockets without {@link LinuxSockets#stampDatagrams}.
     */
    public long stampNanos(int message) {
        return array.stampNanos(message);
    }

    /** Done with a datagram: another one may come in its place; without memory that one is lost. */
    public void renew(int message) {
        array.renew(message);
        ByteBuf used = buffers[message];
        if (used == null || used.refCnt() != 1) {
            letGo(message);
            prepare(message);
        }
    }

    /** Lets go of the memory. */
    public void release() {
        for (int i = 0; i < buffers.length; i++) {
            letGo(i);
        }
    }

    private void letGo(int message) {
        ByteBuf buffer = buffers[message];
        buffers[message] = null;
        array.setMemory(message, 0, 0);
        if (buffer != null && buffer.refCnt() > 0) {
            buffer.release();
        }
    }
}
