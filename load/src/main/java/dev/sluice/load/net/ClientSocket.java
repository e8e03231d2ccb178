package dev.sluice.load.net;

import dev.sluice.load.client.ClientWire;
import dev.sluice.load.client.FailureReason;
import dev.sluice.load.client.LoadClient;
import dev.sluice.sockets.ReceiveDrops;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

/**
 * The UDP socket of one client: datagrams in, datagrams out with one flush a batch. They come in by
 * a {@link StampedReceiver}, and by the channel where there is none.
 */
final class ClientSocket extends SimpleChannelInboundHandler<DatagramPacket> implements ClientWire {

    private final ClientLoop loop;
    private @Nullable Channel channel;
    private @Nullable LoadClient client;
    private @Nullable StampedReceiver receiver;
    private @Nullable ReceiveDrops newDrops;
    private long drops;

    /** When the last datagram came; never goes back. */
    private long arrivalNanos = Long.MIN_VALUE;

    private boolean isDirty;

    ClientSocket(ClientLoop loop) {
        this.loop = loop;
    }

    void open(Channel bound) {
        channel = bound;
        newDrops = new ReceiveDrops(bound);
        receiver = StampedReceiver.start(bound, loop.reader(), this);
        bound.config().setAutoRead(receiver == null);
    }

    /** Datagrams that the kernel had to drop so far, as they were not read in time. */
    long drops() {
        if (newDrops != null && channel != null && channel.isOpen()) {
            drops += newDrops.more();
        }
        return drops;
    }

    void serve(LoadClient served) {
        client = served;
    }

    @Override
    public void send(ByteBuf datagram, InetSocketAddress remote) {
        Channel open = channel;
        if (open == null || !open.isActive()) {
            datagram.release();
            return;
        }
        if (!open.isWritable()) {
            loop.onSendQueueFull();
            datagram.release();
            return;
        }
        var _ = open.write(new DatagramPacket(datagram, remote), open.voidPromise());
        isDirty = true;
    }

    @Override
    public void post(Task task) {
        loop.execute(
                nowNanos -> {
                    task.run(nowNanos);
                    flush();
                });
    }

    /** Sends what was queued. */
    void flush() {
        if (isDirty && channel != null) {
            isDirty = false;
            channel.flush();
        }
    }

    /** Takes a datagram; borrowed. */
    void onDatagram(ByteBuf datagram, InetSocketAddress sender, long cameNanos) {
        if (client != null) {
            arrivalNanos = Math.max(arrivalNanos, cameNanos);
            client.onDatagram(datagram, sender, arrivalNanos);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        onDatagram(datagram.content(), datagram.sender(), System.nanoTime());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        flush();
    }

    /** What fails here is not the server's fault. */
    void onFailed(Throwable cause) {
        if (client != null) {
            client.onFailed(FailureReason.LOCAL, cause.toString());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The server is gone, or one of its candidates never was: ICE finds that out by itself.
    }

    void close() {
        client = null;
        if (receiver != null) {
            receiver.stop();
        }
        if (channel != null) {
            flush();
            var _ = channel.close();
        }
    }
}
