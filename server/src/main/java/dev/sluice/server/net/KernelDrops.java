package dev.sluice.server.net;

import dev.sluice.sockets.ReceiveDrops;

import io.netty.channel.Channel;

/** Asks the kernel once a second what it has dropped of what came to a socket. */
final class KernelDrops {

    private static final long PERIOD_NANOS = 1_000_000_000;

    private final ReceiveDrops drops;
    private long askedNanos;
    private boolean wasAsked;

    KernelDrops(Channel channel) {
        drops = new ReceiveDrops(channel);
    }

    /** Drops that nobody was told of; 0 when the kernel was asked lately. */
    long more(long nowNanos) {
        if (wasAsked && nowNanos - askedNanos < PERIOD_NANOS) {
            return 0;
        }
        wasAsked = true;
        askedNanos = nowNanos;
        return drops.more();
    }
}
