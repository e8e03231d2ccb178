package dev.sluice.server.session;

import dev.sluice.media.rtcp.FullIntraRequest;
import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtcp.ReceiverReport;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.RtcpPacket;
import dev.sluice.media.rtcp.RtcpReader;
import dev.sluice.media.rtcp.RtcpStatus;
import dev.sluice.media.rtcp.SenderReport;

import io.netty.buffer.ByteBuf;

import java.util.List;

/** The second one-way road: what a peer says by RTCP about what it sends and what it gets. */
final class FeedbackPath {

    private final PeerSession session;
    private final IngressPath ingress;
    private final LoopCounters counters;

    FeedbackPath(PeerSession session, IngressPath ingress, LoopCounters counters) {
        this.session = session;
        this.ingress = ingress;
        this.counters = counters;
    }

    /** Takes an authentic compound or reduced-size packet. */
    void onRtcp(ByteBuf compound, long nowNanos, SessionSink out) {
        var status = RtcpReader.read(compound, packet -> onPacket(packet, nowNanos, out));
        if (status != RtcpStatus.OK) {
            counters.dropped(DropReason.MALFORMED_RTCP).increment();
        }
    }

    private void onPacket(RtcpPacket packet, long nowNanos, SessionSink out) {
        switch (packet) {
            case SenderReport report -> onSenderReport(report, nowNanos, out);
            case ReceiverReport report -> onReportBlocks(report.reportBlocks(), nowNanos, out);
            case Nack nack -> {
                counters.nacksIn.increment();
                out.onNack(session, nack, nowNanos);
            }
            case PictureLossIndication pli -> onKeyFrameRequest(pli.mediaSsrc(), nowNanos, out);
            case FullIntraRequest fir ->
                    fir.entries().forEach(entry -> onKeyFrameRequest(entry.ssrc(), nowNanos, out));
            // The rest changes nothing here: names, BYE, congestion feedback, XR, what is unknown.
            default -> {}
        }
    }

    private void onSenderReport(SenderReport report, long nowNanos, SessionSink out) {
        IncomingStream stream = ingress.stream(report.senderSsrc());
        if (stream != null) {
            stream.receive().onSenderReport(report, nowNanos);
            out.onSenderReport(session, stream, nowNanos);
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
