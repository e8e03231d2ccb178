package dev.sluice.server.session;

import dev.sluice.media.bwe.CongestionController;
import dev.sluice.media.bwe.Probe;
import dev.sluice.media.pacing.Pacer;
import dev.sluice.media.rtcp.CongestionControlFeedback;
import dev.sluice.media.rtcp.Remb;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.TransportArrivals;
import dev.sluice.media.time.Deadline;

/** How much may leave to a viewer: takes what he says, and tells the pacer and the router. */
final class RateControl {

    private final PeerSession session;
    private final CongestionController congestion;
    private final Pacer<OutgoingPacket> pacer;
    private final LossBursts bursts = new LossBursts();
    private final RetransmissionBudget retransmissions = new RetransmissionBudget();
    private long toldTargetBps;

    RateControl(
            PeerSession session,
            CongestionController congestion,
            Pacer<OutgoingPacket> pacer,
            long nowNanos) {
        this.session = session;
        this.congestion = congestion;
        this.pacer = pacer;
        this.toldTargetBps = congestion.targetBps();
        pacer.rates(congestion.pacingBps(), congestion.paddingBps(), nowNanos);
    }

    void onFeedback(TransportArrivals feedback, long nowNanos, SessionSink sink) {
        bursts.onFeedback(feedback);
        congestion.onFeedback(feedback, nowNanos);
        onResults(nowNanos, sink);
    }

    void onFeedback(CongestionControlFeedback feedback, long nowNanos, SessionSink sink) {
        bursts.onFeedback(feedback);
        congestion.onFeedback(feedback, nowNanos);
        onResults(nowNanos, sink);
    }

    private void onResults(long nowNanos, SessionSink sink) {
        settle(nowNanos, sink);
        if (congestion.hasLost()) {
            congestion.tellLost(
                    (ssrc, sequence) -> sink.onReportedLost(session, ssrc, sequence, nowNanos));
        }
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
        if (Deadline.isDue(congestion.nextDeadlineNanos(), nowNanos)) {
            congestion.onDeadline(nowNanos);
            settle(nowNanos, sink);
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

    /** Whether there is room for a packet that is asked for again; it is counted then. */
    boolean mayRetransmit(int sizeBytes, long nowNanos) {
        return retransmissions.take(sizeBytes, congestion.targetBps(), nowNanos);
    }

    NetworkEstimate estimate() {
        return new NetworkEstimate(
                congestion.targetBps(),
                congestion.provenBps(),
                congestion.lossRatio(),
                bursts.mean(),
                congestion.rttNanos());
    }
}
