package dev.sluice.sockets;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;

/**
 * What the kernel drops of the datagrams that come to a socket, because nobody reads them fast
 * enough. Nothing where it does not tell (not Linux, not epoll).
 */
public final class ReceiveDrops {

    private static final int NONE = -1;
    private static final long WRAP_MASK = 0xFFFF_FFFFL;

    private final int socket;
    private long known;

    public ReceiveDrops(Channel channel) {
        boolean isTold = channel instanceof UnixChannel && LinuxSockets.areAvailable();
        this.socket = isTold ? ((UnixChannel) channel).fd().intValue() : NONE;
    }

    /** How many it dropped since the last call, or since the socket was opened. */
    public long more() {
        long dropped = socket == NONE ? NONE : LinuxSockets.receiveDrops(socket);
        if (dropped == NONE) {
            return 0;
        }
        long more = (dropped - known) & WRAP_MASK;
        known = dropped;
        return more;
    }
}
