package dev.sluice.server.session;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.bwe.CongestionController;
import dev.sluice.media.bwe.Probe;
import dev.sluice.media.pacing.Pacer;
import dev.sluice.media.pacing.PacketPriority;
import dev.sluice.media.rtcp.CongestionControlFeedback;
import dev.sluice.media.rtcp.Remb;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.TransportFeedback;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * The way of RTP to a viewer behind the rewriting: the pacer's queue, the last stamps, protection,
 * and the record by which his feedback tells what his network carries.
 */
final class SendPath implements Pacer.Sink<OutgoingPacket> {

    /** What each datagram costs below RTP: IPv4 and UDP. */
    static final int OVERHEAD_BYTES = 28;

    private final PeerSession session;
    private final CongestionController congestion;
    private final Pacer<OutgoingPacket> pacer;
    private final OutgoingPackets packets;
    private final SendRun run;

    /** Where released packets go; set during a call. */
    private @Nullable SessionSink out;

    private final LossBursts bursts = new LossBursts();
    private final RetransmissionBudget retransmissions = new RetransmissionBudget();

    /** The deadline that the engine knows of. */
    private long askedNanos = Deadline.NEVER;

    private long toldTargetBps;

    SendPath(
            PeerSession session,
            PeerTransport transport,
            EgressPath egress,
            SendSettings settings,
            LoopTools tools,
            long nowNanos) {
        this.session = session;
        this.packets = tools.packets();
        this.congestion = new CongestionController(settings.estimation(), nowNanos);
        this.pacer = new Pacer<>(settings.pacing(), nowNanos);
        this.run = new SendRun(transport, egress, congestion, tools, settings.batching());
        this.toldTargetBps = congestion.targetBps();
        pacer.rates(congestion.pacingBps(), congestion.paddingBps(), nowNanos);
    }

    /**
     * Takes the buffer of a packet that is still to be stamped and protected.
     *
     * @param exact whether it may not be padded
     */
    void send(
            ByteBuf packet,
            PacketLayout layout,
            boolean exact,
            PacketPriority priority,
            long nowNanos,
            SessionSink sink) {
        enqueue(packets.packet(packet, layout, exact), priority, nowNanos, sink);
    }

    /** As {@link #send}, and the datagram goes to the ring when it leaves. */
    void sendAndKeep(
            ByteBuf packet,
            PacketLayout layout,
            boolean exact,
            PacketPriority priority,
            PacketRing ring,
            long ringSequence,
            long nowNanos,
            SessionSink sink) {
        enqueue(packets.kept(packet, layout, exact, ring, ringSequence), priority, nowNanos, sink);
    }

    /** Takes the buffer of a datagram that leaves again, byte for byte. */
    void resend(ByteBuf datagram, long nowNanos, SessionSink sink) {
        enqueue(packets.sealed(datagram), PacketPriority.RETRANSMISSION, nowNanos, sink);
    }

    /** Whether there is room for a packet that is asked for again; it is counted then. */
    boolean mayRetransmit(int sizeBytes, long nowNanos) {
        return retransmissions.take(sizeBytes, congestion.targetBps(), nowNanos);
    }

    private void enqueue(
            OutgoingPacket packet, PacketPriority priority, long nowNanos, SessionSink sink) {
        out = sink;
        int sizeBytes = packet.buffer().readableBytes() + OVERHEAD_BYTES;
        pacer.enqueue(packet, sizeBytes, priority, nowNanos, this);
        if (pacer.nextDeadlineNanos() < askedNanos) {
            // Something waits, or a probe has begun.
            sink.onDeadlineMoved(session);
        }
    }

    /**
     * Sends padding past the queue, which is empty; takes the buffer and returns what it weighs.
     */
    int sendPadding(ByteBuf packet, PacketLayout layout, int probeId, long nowNanos) {
        int sizeBytes = packet.readableBytes() + OVERHEAD_BYTES;
        onRelease(packets.packet(packet, layout, true), probeId, nowNanos);
        return sizeBytes;
    }

    /** What is let go of leaves with {@link #flush}. */
    @Override
    public void onRelease(OutgoingPacket packet, int probeId, long nowNanos) {
        if (run.isEmpty()) {
            sink().onPacketsReleased(session);
        }
        packet.release(probeId, nowNanos);
        run.add(packet);
    }

    /** Seals and sends what the pacer has let go of. */
    void flush(SessionSink sink) {
        run.flush(sink);
    }

    private SessionSink sink() {
        return Objects.requireNonNull(out, "called outside of a call");
    }

    @Override
    public int onPaddingWanted(int bytes, int probeId, long nowNanos) {
        return sink().onPaddingWanted(session, bytes, probeId, nowNanos);
    }

    void onFeedback(TransportFeedback feedback, long nowNanos, SessionSink sink) {
        bursts.onFeedback(feedback);
        congestion.onFeedback(feedback, nowNanos);
        onResults(nowNanos, sink);
    }

    void onFeedback(CongestionControlFeedback feedback, long nowNanos, SessionSink sink) {
        congestion.onFeedback(feedback, nowNanos);
        onResults(nowNanos, sink);
    }

    private void onResults(long nowNanos, SessionSink sink) {
        settle(nowNanos, sink);
        congestion.tellLost(
                (ssrc, sequence) -> sink.onReportedLost(session, ssrc, sequence, nowNanos));
    }

    void onRemb(Remb remb, long nowNanos, SessionSink sink) {
        congestion.onRemb(remb.bitrateBps(), nowNanos);
        settle(nowNanos, sink);
    }

    void onReportBlock(ReportBlock block, long rttNanos, long nowNanos, SessionSink sink) {
        congestion.onReportBlock(block, rttNanos, nowNanos);
        settle(nowNanos, sink);
    }

    /** What is sent by choice, and what the viewer could use at most. */
    void onDemand(long allocatedBps, long wantedBps, long nowNanos, SessionSink sink) {
        congestion.onDemand(allocatedBps, wantedBps, nowNanos);
        settle(nowNanos, sink);
    }

    void onDeadline(long nowNanos, SessionSink sink) {
        out = sink;
        if (Deadline.isDue(congestion.nextDeadlineNanos(), nowNanos)) {
            congestion.onDeadline(nowNanos);
            settle(nowNanos, sink);
        }
        if (Deadline.isDue(pacer.nextDeadlineNanos(), nowNanos)) {
            pacer.onDeadline(nowNanos, this);
        }
    }

    /** Hands what the estimate has become to the pacer, and tells when it changed. */
    private void settle(long nowNanos, SessionSink sink) {
        pacer.rates(congestion.pacingBps(), congestion.paddingBps(), nowNanos);
        for (Probe probe = congestion.pollProbe(); probe != null; probe = congestion.pollProbe()) {
            pacer.probe(probe, nowNanos);
        }
        if (congestion.targetBps() != toldTargetBps) {
            toldTargetBps = congestion.targetBps();
            sink.onEstimate(session, toldTargetBps, nowNanos);
        }
    }

    long nextDeadlineNanos() {
        askedNanos = Math.min(congestion.nextDeadlineNanos(), pacer.nextDeadlineNanos());
        return askedNanos;
    }

    NetworkEstimate estimate() {
        return new NetworkEstimate(
                congestion.targetBps(),
                congestion.provenBps(),
                congestion.lossRatio(),
                bursts.mean(),
                congestion.rttNanos());
    }

    SendStats stats(long nowNanos) {
        return new SendStats(
                congestion.targetBps(),
                congestion.pacingBps(),
                pacer.queuedPackets(),
                pacer.queuedBytes(),
                pacer.oldestWaitNanos(nowNanos),
                congestion.rttNanos(),
                congestion.lossRatio(),
                congestion.isApplicationLimited(),
                congestion.hasLostFeedback());
    }

    /** Lets go of what waits. */
    void release() {
        pacer.clear(packet -> packet.buffer().release());
        run.release();
    }
}
