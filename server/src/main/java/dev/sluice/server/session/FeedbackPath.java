package dev.sluice.server.session;

import dev.sluice.media.rtcp.CongestionControlFeedback;
import dev.sluice.media.rtcp.ExtendedReport;
import dev.sluice.media.rtcp.FullIntraRequest;
import dev.sluice.media.rtcp.NackView;
import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtcp.ReceiverReport;
import dev.sluice.media.rtcp.Remb;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.RtcpCursor;
import dev.sluice.media.rtcp.RtcpPacket;
import dev.sluice.media.rtcp.RtcpStatus;
import dev.sluice.media.rtcp.SenderReport;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The second one-way road: what a peer says by RTCP about what it sends and what it gets. */
final class FeedbackPath {

    private final PeerSession session;
    private final IngressPath ingress;
    private final LoopCounters counters;
    private final ExtendedReports extended;
    private final RtcpCursor packets;
    private final FeedbackCounts asked = new FeedbackCounts();

    FeedbackPath(
            PeerSession session,
            SessionSetup setup,
            IngressPath ingress,
            ExtendedReports extended) {
        this.session = session;
        this.ingress = ingress;
        this.counters = setup.counters();
        this.packets = setup.tools().rtcp();
        this.extended = extended;
    }

    /**
     * Takes an authentic compound or reduced-size packet.
     *
     * @param rate of our media to the peer; null where he gets none
     */
    void onRtcp(ByteBuf compound, @Nullable RateControl rate, long nowNanos, SessionSink out) {
        packets.start(compound);
        while (packets.next()) {
            onNext(rate, nowNanos, out);
        }
        if (packets.status() != RtcpStatus.OK) {
            counters.dropped(DropReason.MALFORMED_RTCP).increment();
        }
    }

    private void onNext(@Nullable RateControl rate, long nowNanos, SessionSink out) {
        if (packets.isTransportFeedback()) {
            if (rate != null) {
                rate.onFeedback(packets.transportFeedback(), nowNanos, out);
            }
        } else if (packets.isNack()) {
            onNack(packets.nack(), nowNanos, out);
        } else {
            RtcpPacket packet = packets.packet();
            if (rate == null || !onCongestion(packet, rate, nowNanos, out)) {
                onPacket(packet, nowNanos, out);
            }
        }
    }

    private void onNack(NackView nack, long nowNanos, SessionSink out) {
        asked.onNack(nack.mediaSsrc());
        counters.nacksIn.increment();
        out.onNack(session, nack, nowNanos);
    }

    /** Whether the packet tells of the peer's network. */
    private static boolean onCongestion(
            RtcpPacket packet, RateControl rate, long nowNanos, SessionSink out) {
        switch (packet) {
            case CongestionControlFeedback feedback -> rate.onFeedback(feedback, nowNanos, out);
            case Remb remb -> rate.onRemb(remb, nowNanos, out);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What the peer has asked for. */
    FeedbackCounts asked() {
        return asked;
    }

    private void onPacket(RtcpPacket packet, long nowNanos, SessionSink out) {
        asked.onPacket(packet);
        switch (packet) {
            case SenderReport report -> onSenderReport(report, nowNanos, out);
            case ReceiverReport report -> onReportBlocks(report.reportBlocks(), nowNanos, out);
            case PictureLossIndication pli -> onKeyFrameRequest(pli.mediaSsrc(), nowNanos, out);
            case FullIntraRequest fir ->
                    fir.entries().forEach(entry -> onKeyFrameRequest(entry.ssrc(), nowNanos, out));
            case ExtendedReport report -> extended.onReport(report, nowNanos);
            // The rest changes nothing here: names, BYE, what is unknown.
            default -> {}
        }
    }

    private void onSenderReport(SenderReport report, long nowNanos, SessionSink out) {
        IncomingStream stream = ingress.stream(report.senderSsrc());
        if (stream != null) {
            stream.receive().onSenderReport(report, nowNanos);
            if (stream.mayTellClock(nowNanos)) {
                out.onSenderReport(session, stream, nowNanos);
            }
        }
        onReportBlocks(report.reportBlocks(), nowNanos, out);
    }

    private void onReportBlocks(List<ReportBlock> blocks, long nowNanos, SessionSink out) {
        for (ReportBlock block : blocks) {
            out.onReportBlock(session, block, nowNanos);
        }
    }

    private void onKeyFrameRequest(long ssrc, long nowNanos, SessionSink out) {
        counters.keyFrameRequestsIn.increment();
        out.onKeyFrameRequest(session, ssrc, nowNanos);
    }
}
