package dev.sluice.server.session;

import dev.sluice.media.bwe.ArrivalLog;
import dev.sluice.media.bwe.EstimationMode;
import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.bwe.ReceiveSideEstimator;
import dev.sluice.media.rtcp.WritableRtcp;
import dev.sluice.media.rtp.AbsSendTime;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.TransportSequence;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.sdp.NegotiatedSession;
import dev.sluice.media.time.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/**
 * What a publisher is told of the times at which his packets arrive: each of them by transport
 * feedback, or, where he does not take that, an estimate made here of what his network carries
 * (REMB).
 */
final class ArrivalReports {

    /** Between two transport feedback packets, as libwebrtc's receivers do at common bitrates. */
    private static final long FEEDBACK_INTERVAL_NANOS = 100_000_000L;

    /** Whoever publishes by REMB starts low by himself. */
    private static final EstimatorSettings REMB_BOUNDS =
            new EstimatorSettings(EstimationMode.DELAY, 1_000_000, 50_000, 100_000_000);

    private static final int VIDEO_CLOCK_RATE_HZ = 90_000;
    private static final int NO_STREAM = -1;

    private final int sequenceId;
    private final int sendTimeId;
    private final ArrivalLog arrivals;
    private final @Nullable ReceiveSideEstimator estimator;

    /** Without a send time in each packet, the RTP timestamps of one video stream serve. */
    private long timedSsrc = NO_STREAM;

    private final List<Integer> videoPayloadTypes;

    ArrivalReports(NegotiatedSession negotiated, long senderSsrc) {
        List<NegotiatedMedia> medias = negotiated.media();
        this.sequenceId = id(medias, HeaderExtension.TRANSPORT_WIDE_CC);
        this.sendTimeId = id(medias, HeaderExtension.ABS_SEND_TIME);
        this.arrivals = new ArrivalLog(senderSsrc, FEEDBACK_INTERVAL_NANOS);
        this.estimator = wantsRemb(medias) ? estimator(senderSsrc) : null;
        this.videoPayloadTypes =
                medias.stream()
                        .filter(media -> media.kind() == MediaKind.VIDEO)
                        .flatMap(media -> media.codecs().stream())
                        .map(codec -> codec.payloadType())
                        .toList();
    }

    private static int id(List<NegotiatedMedia> medias, HeaderExtension extension) {
        return medias.stream()
                .mapToInt(media -> media.extensions().id(extension))
                .filter(id -> id != HeaderExtensionMap.ABSENT)
                .findFirst()
                .orElse(HeaderExtensionMap.ABSENT);
    }

    private static boolean wantsRemb(List<NegotiatedMedia> medias) {
        return medias.stream()
                .flatMap(media -> media.codecs().stream())
                .anyMatch(codec -> codec.remb() && !codec.transportCc());
    }

    private ReceiveSideEstimator estimator(long senderSsrc) {
        return sendTimeId != HeaderExtensionMap.ABSENT
                ? new ReceiveSideEstimator(
                        senderSsrc, AbsSendTime.TICKS_PER_SECOND, AbsSendTime.BITS, REMB_BOUNDS)
                : new ReceiveSideEstimator(
                        senderSsrc, VIDEO_CLOCK_RATE_HZ, Integer.SIZE, REMB_BOUNDS);
    }

    /** An authentic packet, as it came. */
    void onPacket(RtpPacket packet, long nowNanos) {
        if (sequenceId != HeaderExtensionMap.ABSENT) {
            int sequence = TransportSequence.read(packet, sequenceId);
            if (sequence >= 0) {
                arrivals.onPacket(sequence, packet.ssrc(), nowNanos);
            }
        }
        if (estimator != null) {
            estimate(estimator, packet, nowNanos);
        }
    }

    private void estimate(ReceiveSideEstimator remb, RtpPacket packet, long nowNanos) {
        if (sendTimeId != HeaderExtensionMap.ABSENT) {
            int ticks = AbsSendTime.read(packet, sendTimeId);
            if (ticks >= 0) {
                remb.onPacket(packet.ssrc(), ticks, packet.sizeBytes(), nowNanos);
            }
        } else if (isTimed(packet)) {
            remb.onPacket(packet.ssrc(), packet.timestamp(), packet.sizeBytes(), nowNanos);
        }
    }

    private boolean isTimed(RtpPacket packet) {
        if (timedSsrc == NO_STREAM && videoPayloadTypes.contains(packet.payloadType())) {
            timedSsrc = packet.ssrc();
        }
        return packet.ssrc() == timedSsrc;
    }

    void onDeadline(long nowNanos, Consumer<WritableRtcp> out) {
        arrivals.onDeadline(nowNanos, out);
        if (estimator != null) {
            estimator.onDeadline(nowNanos, out);
        }
    }

    long nextDeadlineNanos() {
        long remb = estimator == null ? Deadline.NEVER : estimator.nextDeadlineNanos();
        return Math.min(remb, arrivals.nextDeadlineNanos());
    }
}
