package dev.sluice.sockets;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;

/**
 * What the kernel drops of the datagrams that come to a socket, because nobody reads them fast
 * enough. Nothing where it does not tell (not Linux, not epoll).
 */
public final class ReceiveDrops {

    private static final int NONE = -1;

    private final int socket;
    private int known;

    public ReceiveDrops(Channel channel) {
        boolean isTold = channel instanceof UnixChannel && LinuxSockets.areAvailable();
        this.socket = isTold ? ((UnixChannel) channel).fd().intValue() : NONE;
    }

    /** How many it dropped since the last call, or since the socket was opened. */
    public long more() {
        if (socket == NONE) {
            return 0;
        }
        int dropped = LinuxSockets.receiveDrops(socket);
        int more = dropped - known;
        known = dropped;
        return Integer.toUnsignedLong(more);
    }
}
