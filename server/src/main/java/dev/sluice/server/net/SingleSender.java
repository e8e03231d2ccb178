package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DatagramRun;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;

import io.netty.buffer.ByteBuf;

/**
 * Sends each datagram at once and by itself: for where sendmmsg is forbidden, by which Netty's
 * channel would send those that wait for a flush together.
 */
final class SingleSender implements DatagramSender {

    private final ChannelSender channel;
    private final LoopCounters counters;

    SingleSender(ChannelSender channel, LoopCounters counters) {
        this.channel = channel;
        this.counters = counters;
    }

    /** Where the socket had no room for the one before, it has none for this one. */
    @Override
    public void write(ByteBuf datagram, NetworkPath to) {
        if (channel.isIdle()) {
            channel.write(datagram, to);
            channel.flush();
        } else {
            counters.dropped(DropReason.SEND_QUEUE_FULL).increment();
            datagram.release();
        }
    }

    @Override
    public boolean takesRuns(NetworkPath to) {
        return false;
    }

    @Override
    public void writeRun(DatagramRun run, NetworkPath to) {
        run.drainTo(datagram -> write(datagram, to));
    }

    /** Nothing is left to be sent. */
    @Override
    public void flush() {}
}
