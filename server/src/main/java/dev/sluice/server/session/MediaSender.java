package dev.sluice.server.session;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.pacing.PacketPriority;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * The way of RTP to a peer, as the router sees it: a {@link SendPath} once there are keys. Before,
 * after the end, and to a peer who only publishes, nothing leaves and nothing is known.
 */
public final class MediaSender {

    private final PeerSession session;
    private final SessionSetup setup;
    private final PeerTransport transport;
    private final EgressPath egress;
    private @Nullable SendPath path;

    MediaSender(
            PeerSession session, SessionSetup setup, PeerTransport transport, EgressPath egress) {
        this.session = session;
        this.setup = setup;
        this.transport = transport;
        this.egress = egress;
    }

    void onConnected(long nowNanos) {
        if (setup.sending() != null) {
            path =
                    new SendPath(
                            session, transport, egress, setup.sending(), setup.tools(), nowNanos);
        }
    }

    /** How much may leave; null where nothing does. */
    @Nullable RateControl rate() {
        return path == null ? null : path.rate();
    }

    /** The estimate of the peer's network, and what waits; null where nothing leaves. */
    @Nullable SendStats stats(long nowNanos) {
        return path == null ? null : path.stats(nowNanos);
    }

    /**
     * Sends a packet when its turn has come; takes the buffer.
     *
     * @param exact whether it may not be padded: it is audio, or others are to repair it
     */
    public void send(
            ByteBuf packet,
            PacketLayout layout,
            boolean exact,
            PacketPriority priority,
            long nowNanos,
            SessionSink out) {
        SendPath way = path;
        if (way == null) {
            drop(packet);
        } else {
            way.send(packet, layout, exact, priority, nowNanos, out);
        }
    }

    /**
     * As {@link #send}, and keeps a copy of the datagram that leaves for {@link #resend}.
     *
     * @param kept takes the copy, under the number {@code keptSequence}
     */
    public void sendAndKeep(
            ByteBuf packet,
            PacketLayout layout,
            boolean exact,
            PacketPriority priority,
            PacketRing kept,
            long keptSequence,
            long nowNanos,
            SessionSink out) {
        SendPath way = path;
        if (way == null) {
            drop(packet);
        } else {
            way.sendAndKeep(packet, layout, exact, priority, kept, keptSequence, nowNanos, out);
        }
    }

    /** Sends a kept datagram again, byte for byte; borrowed. */
    public void resend(ByteBuf datagram, long nowNanos, SessionSink out) {
        if (path != null) {
            path.resend(datagram.retainedDuplicate(), nowNanos, out);
        }
    }

    /**
     * Sends padding at once, where {@link SessionSink#onPaddingWanted} asked for it; takes the
     * buffer.
     *
     * @return the bytes that it costs on the network
     */
    public int sendPadding(ByteBuf packet, PacketLayout layout, int probeId, long nowNanos) {
        SendPath way = path;
        if (way == null) {
            drop(packet);
            return 0;
        }
        return way.sendPadding(packet, layout, probeId, nowNanos);
    }

    /** Whether the peer's network has room for a packet that is asked for again; counted then. */
    public boolean mayRetransmit(int sizeBytes, long nowNanos) {
        return path != null && path.rate().mayRetransmit(sizeBytes, nowNanos);
    }

    /** What is known of the network to the peer. */
    public NetworkEstimate estimate() {
        return path == null ? NetworkEstimate.NONE : path.rate().estimate();
    }

    /** Seals and sends what the pacer has let go of. */
    public void flush(SessionSink out) {
        if (path != null) {
            path.flush(out);
        }
    }

    private void drop(ByteBuf packet) {
        setup.counters().dropped(DropReason.NOT_CONNECTED).increment();
        packet.release();
    }

    /**
     * Tells the estimator what the media in use take and what the peer could use at most, in bit/s:
     * it looks for as much, and for room for its key frames.
     */
    public void onDemand(long allocatedBps, long wantedBps, long nowNanos, SessionSink out) {
        if (path != null) {
            path.rate().onDemand(allocatedBps, wantedBps, nowNanos, out);
        }
    }

    /**
     * The peer's view of a stream that we send, with what the stream knows of the round trip.
     *
     * @param rttNanos -1 when unknown
     */
    public void onReportBlock(ReportBlock block, long rttNanos, long nowNanos, SessionSink out) {
        if (path != null) {
            path.rate().onReportBlock(block, rttNanos, nowNanos, out);
        }
    }

    void onDeadline(long nowNanos, SessionSink out) {
        if (path != null) {
            path.onDeadline(nowNanos, out);
        }
    }

    long nextDeadlineNanos() {
        return path == null ? Deadline.NEVER : path.nextDeadlineNanos();
    }

    /** Lets go of what waits, and sends no more. */
    void release() {
        if (path != null) {
            path.release();
            path = null;
        }
    }
}
