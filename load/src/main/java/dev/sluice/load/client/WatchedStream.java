package dev.sluice.load.client;

import dev.sluice.load.count.KeyFrameWatch;
import dev.sluice.load.count.SequenceCount;
import dev.sluice.media.receive.NackRequester;
import dev.sluice.media.receive.ReceiveCounters;
import dev.sluice.media.receive.ReceptionStatistics;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.time.Deadline;
import dev.sluice.video.frame.KeyFrameDetector;

import org.jspecify.annotations.Nullable;

/** One stream that a viewer receives. */
final class WatchedStream {

    private final long ssrc;
    private final NegotiatedCodec format;
    private final SequenceCount count = new SequenceCount();
    private final ReceptionStatistics statistics;
    private final @Nullable NackRequester nack;
    private final KeyFrameWatch keyFrame = new KeyFrameWatch();
    private final KeyFrameDetector detector;
    private final boolean isVideo;

    WatchedStream(
            long ssrc, NegotiatedCodec format, KeyFrameDetector detector, ReceiveCounters asked) {
        this.ssrc = ssrc;
        this.format = format;
        this.detector = detector;
        this.statistics = new ReceptionStatistics(ssrc, format.clockRateHz());
        this.isVideo = OfferedMedia.isVideo(format.codec());
        this.nack = format.nack() && isVideo ? new NackRequester(ssrc, asked) : null;
    }

    long ssrc() {
        return ssrc;
    }

    NegotiatedCodec format() {
        return format;
    }

    SequenceCount count() {
        return count;
    }

    boolean isVideo() {
        return isVideo;
    }

    /** Whether payloads are of interest yet: the first key frame is not complete. */
    boolean awaitsKeyFrame() {
        return isVideo && !keyFrame.isComplete();
    }

    /**
     * Takes note of a media packet.
     *
     * @param isOpen whether its payload is in the clear
     * @return whether it had not come before
     */
    boolean onPacket(RtpPacket packet, boolean retransmitted, boolean isOpen, long nowNanos) {
        SequenceCount.Kind kind = count.onPacket(packet.sequenceNumber(), retransmitted);
        if (kind != SequenceCount.Kind.NEW) {
            return false;
        }
        long sequence = count.extendedSequence();
        if (!retransmitted) {
            statistics.onPacket(sequence, packet.timestamp(), nowNanos);
        }
        if (nack != null) {
            nack.onPacket(sequence, retransmitted, nowNanos);
        }
        if (isOpen && awaitsKeyFrame()) {
            keyFrame.onPacket(
                    sequence, packet.timestamp(), startsKeyFrame(packet), packet.marker());
        }
        return true;
    }

    private boolean startsKeyFrame(RtpPacket packet) {
        return detector.startsKeyFrame(
                format.codec(), packet.buffer(), packet.payloadIndex(), packet.payloadSizeBytes());
    }

    void onSenderReport(SenderReport report, long nowNanos) {
        statistics.onSenderReport(report, nowNanos);
    }

    boolean hasReceived() {
        return statistics.hasReceived();
    }

    ReportBlock reportBlock(long nowNanos) {
        return statistics.reportBlock(nowNanos);
    }

    void onDeadline(long nowNanos, NackRequester.Sink out) {
        if (nack != null && Deadline.isDue(nack.nextDeadlineNanos(), nowNanos)) {
            nack.onDeadline(nowNanos, out);
        }
    }

    long nextDeadlineNanos() {
        return nack == null ? Deadline.NEVER : nack.nextDeadlineNanos();
    }

    int pending() {
        return nack == null ? 0 : nack.missingPackets();
    }
}
