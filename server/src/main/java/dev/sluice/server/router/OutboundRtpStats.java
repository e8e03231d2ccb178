package dev.sluice.server.router;

import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.server.session.FeedbackTotals;
import dev.sluice.server.session.RoundTrip;

import org.jspecify.annotations.Nullable;

/**
 * One stream that a viewer gets.
 *
 * @param codec the format in use; null before the first packet
 * @param isFollowing whether it has a source now
 * @param sourceRid the simulcast layer that it carries; empty without simulcast
 * @param packetsSent retransmissions included, on whatever SSRC
 * @param payloadBytesSent of these
 * @param asked what the viewer asked us for
 * @param wish what the viewer wants of the layers
 * @param report the viewer's last report; null before the first
 * @param roundTrip by these reports
 */
public record OutboundRtpStats(
        long ssrc,
        MediaKind kind,
        String mid,
        @Nullable NegotiatedCodec codec,
        boolean isFollowing,
        String sourceRid,
        long packetsSent,
        long payloadBytesSent,
        long retransmittedPackets,
        long retransmittedBytes,
        FeedbackTotals asked,
        LayerWish wish,
        @Nullable ReportBlock report,
        RoundTrip roundTrip) {}
