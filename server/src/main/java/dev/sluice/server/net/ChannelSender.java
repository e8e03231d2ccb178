package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DatagramRun;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.SegmentedDatagramPacket;

import java.io.IOException;

/** Sends by Netty's channel: wherever that runs, and what the socket has no room for yet. */
final class ChannelSender implements DatagramSender {

    private final Channel channel;
    private final LoopCounters counters;
    private final SegmentedSends segmented;

    ChannelSender(Channel channel, LoopCounters counters, SegmentedSends segmented) {
        this.channel = channel;
        this.counters = counters;
        this.segmented = segmented;
    }

    @Override
    public void write(ByteBuf datagram, NetworkPath to) {
        if (channel.isWritable()) {
            var _ = channel.write(new DatagramPacket(datagram, to.remote()), channel.voidPromise());
        } else {
            counters.dropped(DropReason.SEND_QUEUE_FULL).increment();
            datagram.release();
        }
    }

    @Override
    public boolean takesRuns(NetworkPath to) {
        return segmented.areAllowed(to);
    }

    @Override
    public void writeRun(DatagramRun run, NetworkPath to) {
        if (!takesRuns(to)) {
            run.drainTo(datagram -> write(datagram, to));
        } else if (channel.isWritable()) {
            writeJoined(run, to);
        } else {
            counters.dropped(DropReason.SEND_QUEUE_FULL).add(run.size());
            run.release();
        }
    }

    private void writeJoined(DatagramRun run, NetworkPath to) {
        int segmentBytes = run.segmentBytes();
        int datagrams = run.size();
        var packet = new SegmentedDatagramPacket(joined(run), segmentBytes, to.remote());
        channel.write(packet)
                .addListener(
                        sent -> {
                            if (sent.isSuccess()) {
                                counters.runSent(datagrams);
                            } else {
                                onRunLost(sent.cause(), datagrams, to);
                            }
                        });
    }

    private void onRunLost(Throwable cause, int datagrams, NetworkPath to) {
        if (!(cause instanceof IOException)) {
            channel.pipeline().fireExceptionCaught(cause);
            return;
        }
        counters.dropped(DropReason.SOCKET_ERROR).add(datagrams);
        if (cause instanceof Errors.NativeIoException failure) {
            segmented.onFailed(-failure.expectedErr(), to);
        }
    }

    private ByteBuf joined(DatagramRun run) {
        ByteBuf whole = channel.alloc().directBuffer(run.bytes());
        run.drainTo(
                datagram -> {
                    whole.writeBytes(datagram);
                    datagram.release();
                });
        return whole;
    }

    @Override
    public void flush() {
        channel.flush();
    }

    /** Whether nothing waits for the socket. */
    boolean isIdle() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting != null && waiting.totalPendingWriteBytes() == 0;
    }
}
