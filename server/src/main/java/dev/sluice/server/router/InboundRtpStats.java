package dev.sluice.server.router;

import dev.sluice.media.receive.ReceiveTotals;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.server.session.FeedbackTotals;

import org.jspecify.annotations.Nullable;

/**
 * One stream that a publisher sends.
 *
 * @param rid the simulcast layer; empty without simulcast
 * @param codec the format in use; null before the first packet
 * @param isActive whether packets come now
 * @param packetsLost on the way here, those that were repaired included; below 0 where duplicates
 *     outweigh losses
 * @param bitrateBps of the last second, whole RTP packets
 * @param asked what we asked the publisher for
 * @param report the publisher's last report; null before the first
 */
public record InboundRtpStats(
        long ssrc,
        MediaKind kind,
        String mid,
        String rid,
        @Nullable NegotiatedCodec codec,
        boolean isActive,
        ReceiveTotals totals,
        long packetsLost,
        long jitterNanos,
        long bitrateBps,
        FeedbackTotals asked,
        @Nullable SenderReport report) {}
