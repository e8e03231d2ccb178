package dev.sluice.sockets;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.unix.FileDescriptor;

import org.jspecify.annotations.Nullable;

/**
 * A descriptor of one's own for a channel's socket: epoll tells one reader of each, and that of the
 * channel's is the channel.
 */
public final class OwnDescriptor {

    private OwnDescriptor() {}

    /**
     * Another descriptor for the channel's socket, to be closed by the caller; null where the
     * channel is not epoll's, the system is another one, or no descriptor is left.
     */
    public static @Nullable FileDescriptor of(Channel channel) {
        if (!(channel instanceof EpollDatagramChannel epoll) || !LinuxSockets.areAvailable()) {
            return null;
        }
        int own = LinuxSockets.duplicate(epoll.fd().intValue());
        return own < 0 ? null : new FileDescriptor(own);
    }
}
