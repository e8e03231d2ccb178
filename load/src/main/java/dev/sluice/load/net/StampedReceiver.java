package dev.sluice.load.net;

import dev.sluice.sockets.LinuxSockets;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Has a {@link DatagramReader} read a client's socket when something has come. Epoll tells one
 * reader of each descriptor, and that of the channel's is the channel, so this has one of its own.
 * For the loop alone.
 */
final class StampedReceiver implements EpollIoHandle {

    private final FileDescriptor descriptor;
    private final DatagramReader reader;
    private final ClientSocket socket;
    private @Nullable IoRegistration registration;
    private boolean isStopped;

    private StampedReceiver(FileDescriptor descriptor, DatagramReader reader, ClientSocket socket) {
        this.descriptor = descriptor;
        this.reader = reader;
        this.socket = socket;
    }

    /** Reads a channel's datagrams from now on; null where the system is another one. */
    static @Nullable StampedReceiver start(
            Channel channel, DatagramReader reader, ClientSocket socket) {
        int own = isPossible(channel) ? LinuxSockets.duplicate(descriptor(channel)) : -1;
        if (own < 0) {
            return null;
        }
        var receiver = new StampedReceiver(new FileDescriptor(own), reader, socket);
        if (!reader.mayRead(own) || !LinuxSockets.stampDatagrams(own)) {
            receiver.close();
            return null;
        }
        ((IoEventLoop) channel.eventLoop()).register(receiver).addListener(receiver::onRegistered);
        return receiver;
    }

    private static boolean isPossible(Channel channel) {
        return channel instanceof EpollDatagramChannel && LinuxSockets.areAvailable();
    }

    private static int descriptor(Channel channel) {
        return ((EpollDatagramChannel) channel).fd().intValue();
    }

    private void onRegistered(Future<? super IoRegistration> result) {
        if (!result.isSuccess()) {
            socket.onFailed(result.cause());
            return;
        }
        IoRegistration registered = (IoRegistration) result.getNow();
        if (isStopped) {
            registered.cancel();
            return;
        }
        registration = registered;
        registered.submit(EpollIoOps.EPOLLIN);
    }

    /** Reads nothing any more. */
    void stop() {
        isStopped = true;
        if (registration != null) {
            registration.cancel();
        }
        close();
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public void handle(IoRegistration ofThis, IoEvent event) {
        reader.read(descriptor.intValue(), socket);
        socket.flush();
    }

    @Override
    public void close() {
        try {
            descriptor.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
