package dev.sluice.server.net;

import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.sockets.LinuxSockets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;

/**
 * Receives by recvmmsg into buffers that are used again and again: no object is made for a
 * datagram. As epoll tells one reader of each descriptor, and that of the channel's is the channel,
 * which asks for no datagrams then, this has a descriptor of its own for the same socket.
 */
final class NativeReceiver implements DatagramReceiver, EpollIoHandle {

    private static final Logger LOG = LoggerFactory.getLogger(NativeReceiver.class);

    /** Datagrams taken by one system call. */
    private static final int MAX_MESSAGES = 32;

    private final FileDescriptor descriptor;
    private final IoEventLoop loop;
    private final ReceivedBatch batch;
    private final LoopCounters counters;
    private final KernelDrops drops;
    private final RecentPaths paths;
    private final MemorySegment errno;
    private final ReceiveArray array;
    private final @Nullable ByteBuf[] buffers = new ByteBuf[MAX_MESSAGES];
    private @Nullable IoRegistration registration;

    private NativeReceiver(
            FileDescriptor descriptor,
            int socket,
            Channel channel,
            KernelDrops drops,
            ReceivedBatch batch,
            LoopCounters counters) {
        Arena arena = Arena.ofAuto();
        int family = LinuxSockets.family(descriptor.intValue());
        this.descriptor = descriptor;
        this.loop = (IoEventLoop) channel.eventLoop();
        this.batch = batch;
        this.counters = counters;
        this.drops = drops;
        this.paths = new RecentPaths(socket);
        this.errno = LinuxSockets.newErrno(arena);
        this.array = new ReceiveArray(arena, MAX_MESSAGES, family == LinuxSockets.AF_INET6);
    }

    /**
     * Receives by a channel's socket; null where the system, or its memory, is another one.
     *
     * @param socket its index
     * @param drops of the socket
     */
    static @Nullable NativeReceiver of(
            Channel channel,
            int socket,
            KernelDrops drops,
            ReceivedBatch batch,
            LoopCounters counters) {
        boolean isPossible =
                channel instanceof EpollDatagramChannel
                        && LinuxSockets.areAvailable()
                        && haveBuffersAddresses();
        int own =
                isPossible
                        ? LinuxSockets.duplicate(((EpollDatagramChannel) channel).fd().intValue())
                        : -1;
        if (own < 0) {
            return null;
        }
        FileDescriptor descriptor = new FileDescriptor(own);
        var receiver = new NativeReceiver(descriptor, socket, channel, drops, batch, counters);
        if (receiver.mayReceive()) {
            return receiver;
        }
        LOG.warn("recvmmsg is not allowed here: datagrams are received at a higher cost");
        receiver.close();
        return null;
    }

    private static boolean haveBuffersAddresses() {
        ByteBuf buffer = newBuffer();
        boolean hasAddress = buffer.hasMemoryAddress();
        buffer.release();
        return hasAddress;
    }

    /** It cannot grow, as the kernel would go on to write where it was. */
    private static ByteBuf newBuffer() {
        int size = UdpEdge.MAX_DATAGRAM_BYTES;
        return PooledByteBufAllocator.DEFAULT.directBuffer(size, size);
    }

    /** A sandbox may forbid the call. */
    private boolean mayReceive() {
        return LinuxSockets.recvmmsg(errno, descriptor.intValue(), array.messages(), 0) == 0;
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public synchronized void start() {
        try {
            for (int i = 0; i < MAX_MESSAGES; i++) {
                prepare(i);
            }
            registration = loop.register(this).syncUninterruptibly().getNow();
            registration.submit(EpollIoOps.EPOLLIN);
        } catch (RuntimeException e) {
            unregistered();
            throw e;
        }
    }

    @Override
    public synchronized void stop() {
        IoRegistration registered = registration;
        if (registered != null) {
            registration = null;
            try {
                loop.submit(registered::cancel).syncUninterruptibly();
            } catch (RejectedExecutionException e) {
                LOG.debug("the media loop has ended before its sockets", e);
            }
        }
        close();
    }

    @Override
    public void unregistered() {
        for (int i = 0; i < MAX_MESSAGES; i++) {
            letGo(i);
        }
    }

    @Override
    public void close() {
        try {
            descriptor.close();
        } catch (IOException e) {
            LOG.warn("A socket's descriptor was not closed", e);
        }
    }

    /** Takes what waits, and ends the batch; what is left is told of again. */
    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        try {
            takeAll();
        } catch (RuntimeException | Error e) {
            batch.onDefect(e);
        }
        try {
            batch.end(drops);
        } catch (RuntimeException | Error e) {
            batch.onDefect(e);
        }
    }

    private void takeAll() {
        int taken = 0;
        int received;
        do {
            received = receive();
            for (int i = 0; i < received; i++) {
                take(i);
            }
            taken += received;
        } while (received == MAX_MESSAGES && taken < UdpEdge.MAX_READ);
    }

    private int receive() {
        int received =
                LinuxSockets.recvmmsg(errno, descriptor.intValue(), array.messages(), MAX_MESSAGES);
        if (received >= 0) {
            return received;
        }
        int error = LinuxSockets.error(errno);
        if (error != LinuxSockets.EAGAIN && error != LinuxSockets.EINTR) {
            counters.dropped(DropReason.SOCKET_ERROR).increment();
        }
        return 0;
    }

    /** What fails with one datagram is not to keep the others from being taken. */
    private void take(int message) {
        try {
            ByteBuf buffer = Objects.requireNonNull(buffers[message], "no memory for it");
            buffer.setIndex(0, array.receivedBytes(message));
            batch.take(buffer, array.sender(message, paths));
        } catch (RuntimeException | Error e) {
            batch.onDefect(e);
        }
        array.forgetSender(message);
        ByteBuf used = buffers[message];
        if (used == null || used.refCnt() != 1) {
            replace(message);
        }
    }

    /** Whoever has retained the buffer keeps it; without memory the next datagram is lost. */
    private void replace(int message) {
        letGo(message);
        try {
            prepare(message);
        } catch (RuntimeException | Error e) {
            batch.onDefect(e);
        }
    }

    private void prepare(int message) {
        ByteBuf buffer = newBuffer();
        buffers[message] = buffer;
        array.setMemory(message, buffer.memoryAddress(), UdpEdge.MAX_DATAGRAM_BYTES);
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
