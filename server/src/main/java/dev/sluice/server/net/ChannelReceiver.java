package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;

/**
 * Receives by Netty's channel, wherever that runs; and hears of the channel's errors, whoever
 * receives: after one the channel reads once by itself.
 */
final class ChannelReceiver extends SimpleChannelInboundHandler<DatagramPacket>
        implements DatagramReceiver {

    private final int socket;
    private final ReceivedBatch batch;
    private final LoopCounters counters;
    private @Nullable Channel channel;
    private @Nullable KernelDrops drops;

    ChannelReceiver(int socket, ReceivedBatch batch, LoopCounters counters) {
        this.socket = socket;
        this.batch = batch;
        this.counters = counters;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
        drops = new KernelDrops(context.channel());
    }

    /** What the kernel drops of the socket's datagrams, whoever receives. */
    KernelDrops drops() {
        return Objects.requireNonNull(drops, "not in a channel");
    }

    @Override
    public void start() {
        Objects.requireNonNull(channel).config().setAutoRead(true);
    }

    /** The channel does so when it is closed. */
    @Override
    public void stop() {}

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        batch.take(packet.content(), new NetworkPath(socket, packet.sender()));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        batch.end(drops());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            batch.onDefect(cause);
            return;
        }
        // A send to an address that is gone, or an ICMP error of an earlier one: that peer's
        // consent expires by itself. Counted, because a socket that fails always is to be seen.
        counters.dropped(DropReason.SOCKET_ERROR).increment();
    }
}
