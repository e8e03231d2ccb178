package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.sockets.AddressArray;
import dev.sluice.sockets.LinuxSockets;
import dev.sluice.sockets.OwnDescriptor;
import dev.sluice.sockets.ReceiveBuffers;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;

/**
 * Receives by recvmmsg into buffers that are used again and again: no object is made for a
 * datagram. The channel, whose socket it is, asks for no datagrams then.
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
    private final ReceiveBuffers buffers =
            new ReceiveBuffers(MAX_MESSAGES, UdpEdge.MAX_DATAGRAM_BYTES);
    private @Nullable IoRegistration registration;

    private NativeReceiver(
            FileDescriptor descriptor,
            int socket,
            Channel channel,
            KernelDrops drops,
            ReceivedBatch batch,
            LoopCounters counters) {
        this.descriptor = descriptor;
        this.loop = (IoEventLoop) channel.eventLoop();
        this.batch = batch;
        this.counters = counters;
        this.drops = drops;
        this.paths = new RecentPaths(socket);
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
        FileDescriptor own = OwnDescriptor.of(channel);
        if (own == null) {
            return null;
        }
        var receiver = new NativeReceiver(own, socket, channel, drops, batch, counters);
        if (ReceiveBuffers.mayReceive(own.intValue())) {
            return receiver;
        }
        LOG.warn("recvmmsg is not allowed here: datagrams are received at a higher cost");
        receiver.close();
        return null;
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public synchronized void start() {
        try {
            buffers.fill();
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
        buffers.release();
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
        int received = buffers.receive(descriptor.intValue());
        if (received >= 0) {
            return received;
        }
        int error = buffers.error();
        if (error != LinuxSockets.EAGAIN && error != LinuxSockets.EINTR) {
            counters.dropped(DropReason.SOCKET_ERROR).increment();
        }
        return 0;
    }

    /** What fails with one datagram is not to keep the others from being taken. */
    private void take(int message) {
        try {
            batch.take(buffers.datagram(message), sender(message));
        } catch (RuntimeException | Error e) {
            batch.onDefect(e);
        }
        try {
            buffers.renew(message);
        } catch (RuntimeException | Error e) {
            batch.onDefect(e);
        }
    }

    private NetworkPath sender(int message) {
        AddressArray senders = buffers.senders();
        return paths.of(
                senders.high(message),
                senders.low(message),
                senders.scope(message),
                senders.port(message));
    }
}
