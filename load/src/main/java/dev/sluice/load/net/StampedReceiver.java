package dev.sluice.load.net;

import dev.sluice.sockets.LinuxSockets;
import dev.sluice.sockets.OwnDescriptor;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Has a {@link DatagramReader} read a client's socket when something has come. For the loop alone.
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
        FileDescriptor own = OwnDescriptor.of(channel);
        if (own == null) {
            return null;
        }
        var receiver = new StampedReceiver(own, reader, socket);
        if (!reader.mayRead(own.intValue()) || !LinuxSockets.stampDatagrams(own.intValue())) {
            receiver.close();
            return null;
        }
        ((IoEventLoop) channel.eventLoop()).register(receiver).addListener(receiver::onRegistered);
        return receiver;
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
