package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stats.DelayHistogram;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;

import io.netty.buffer.ByteBuf;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datagrams that a socket of the loop takes in at once: they share one look at the clock, and what
 * comes of them is sent at the end.
 */
final class ReceivedBatch {

    private static final Logger LOG = LoggerFactory.getLogger(ReceivedBatch.class);

    /** Between two defects that are logged: whoever can cause one may do so often. */
    private static final long DEFECT_NANOS = 1_000_000_000;

    private final UdpEdge.Receiver receiver;
    private final LoopCounters counters;
    private final DelayHistogram forwardingDelay;
    private long nowNanos;
    private boolean isOpen;
    private int sent;
    private long toldOfDefectNanos;
    private boolean hasToldOfDefect;

    ReceivedBatch(
            UdpEdge.Receiver receiver, LoopCounters counters, DelayHistogram forwardingDelay) {
        this.receiver = receiver;
        this.counters = counters;
        this.forwardingDelay = forwardingDelay;
    }

    /** Takes a datagram, which is borrowed; the first one begins the batch. */
    void take(ByteBuf datagram, NetworkPath path) {
        if (!isOpen) {
            isOpen = true;
            nowNanos = System.nanoTime();
        }
        receiver.onDatagram(datagram, path, nowNanos);
    }

    /** Datagrams were queued to be sent. */
    void onSent(int datagrams) {
        sent += datagrams;
    }

    /**
     * No more datagrams are taken of the socket now.
     *
     * @param drops what the kernel has dropped of them
     */
    void end(KernelDrops drops) {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        counters.dropped(DropReason.RECEIVE_QUEUE_FULL).add(drops.more(nowNanos));
        sent = 0;
        receiver.onBatchEnd(nowNanos);
        if (sent > 0) {
            forwardingDelay.onDelays(System.nanoTime() - nowNanos, sent);
        }
    }

    /** A defect of ours: what it befell is lost, the loop goes on. One a second is told in full. */
    void onDefect(Throwable defect) {
        counters.dropped(DropReason.DEFECT).increment();
        long now = System.nanoTime();
        if (!hasToldOfDefect || now - toldOfDefectNanos >= DEFECT_NANOS) {
            hasToldOfDefect = true;
            toldOfDefectNanos = now;
            LOG.error("Something was lost by a defect of the server", defect);
        }
    }
}
