package dev.sluice.server.router;

import dev.sluice.media.rtcp.NackView;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.send.RetransmissionCache;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

/**
 * What a viewer is sent again out of the publisher's ring: what he asks for, and what his feedback
 * tells to be lost, as the question may be lost, too.
 */
final class Retransmissions {

    /** The loss ratio from which on answers to NACKs are sent twice. */
    private static final double REPEATED_ANSWER_LOSS = 0.02;

    private final PeerSession session;
    private final ViewerStream stream;
    private final RepairPath path;
    private final SentMedia sent;

    Retransmissions(PeerSession session, LayerSwitch layers, ViewerStream stream) {
        this.session = session;
        this.stream = stream;
        this.path = stream.repairs();
        this.sent = new SentMedia(layers, stream);
    }

    void onNack(NackView nack, long nowNanos, SessionSink out) {
        NegotiatedCodec codec = stream.codec();
        if (codec == null) {
            return;
        }
        for (int i = 0; i < nack.size(); i++) {
            int sequence = nack.lost(i);
            if (!stream.isBeforeKeyFrame(sequence)
                    && answers().find(sequence, nowNanos) == RetransmissionCache.Answer.RESEND) {
                repair(codec, sequence, nowNanos, out);
            }
        }
    }

    /**
     * Feedback tells that a packet did not arrive. Where nobody has asked for it, the NACK is late
     * or lost; only RTX can tell a packet that was merely late from a copy of it.
     */
    void onReportedLost(int sequence, long nowNanos, SessionSink out) {
        NegotiatedCodec codec = stream.codec();
        if (codec != null
                && codec.rtxPayloadType() >= 0
                && !stream.isBeforeKeyFrame(sequence)
                && answers().findUnrepaired(sequence, nowNanos)
                        == RetransmissionCache.Answer.RESEND) {
            repair(codec, sequence, nowNanos, out);
        }
    }

    private RetransmissionCache answers() {
        return stream.sent().retransmissions();
    }

    private void repair(NegotiatedCodec codec, int sequence, long nowNanos, SessionSink out) {
        MediaPacket media = sent.find(sequence);
        if (media != null && mayRetransmit(media, nowNanos)) {
            repair(codec, media, nowNanos, out);
        }
        sent.clear();
    }

    private void repair(NegotiatedCodec codec, MediaPacket media, long nowNanos, SessionSink out) {
        if (codec.rtxPayloadType() >= 0) {
            path.sendByRtx(sent.rewrite(media, codec), codec, nowNanos, out);
            if (isLossy() && mayRetransmit(media, nowNanos)) {
                // The answer may be lost as well, and a third round comes too late to be seen.
                path.sendByRtx(sent.rewrite(media, codec), codec, nowNanos, out);
            }
        } else if (path.sendAgain(sent.extendedSequence(), nowNanos, out)) {
            stream.sent().onResent(media.packet());
        }
    }

    private boolean mayRetransmit(MediaPacket media, long nowNanos) {
        return session.sender().mayRetransmit(media.packet().sizeBytes(), nowNanos);
    }

    private boolean isLossy() {
        return session.sender().estimate().lossRatio() > REPEATED_ANSWER_LOSS;
    }
}
