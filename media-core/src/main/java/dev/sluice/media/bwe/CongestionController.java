package dev.sluice.media.bwe;

import dev.sluice.media.rtcp.CongestionControlFeedback;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.TransportFeedback;
import dev.sluice.media.time.Deadline;

import org.jspecify.annotations.Nullable;

/** Estimates what the path to one receiver carries, from that receiver's feedback. */
public final class CongestionController {

    private final EstimatorSettings settings;

    public CongestionController(EstimatorSettings settings, long nowNanos) {
        this.settings = settings;
    }

    /**
     * An RTP packet leaves.
     *
     * @param transportSequence 16 bits as stamped, or -1 without
     * @param sizeBytes the whole RTP packet and what the caller counts for lower layers
     * @param probeId of the {@link Probe} that it belongs to, or {@link Probe#NONE}
     */
    public void onPacketSent(
            int transportSequence,
            long ssrc,
            int sequenceNumber,
            int sizeBytes,
            int probeId,
            long nowNanos) {}

    public void onFeedback(TransportFeedback feedback, long nowNanos) {}

    public void onFeedback(CongestionControlFeedback feedback, long nowNanos) {}

    /**
     * @param rttNanos -1 when unknown
     */
    public void onReportBlock(ReportBlock block, long rttNanos, long nowNanos) {}

    public void onRemb(long bps, long nowNanos) {}

    public void onDemand(long allocatedBps, long wantedBps, long nowNanos) {}

    public void onDeadline(long nowNanos) {}

    public long nextDeadlineNanos() {
        return Deadline.NEVER;
    }

    public @Nullable Probe pollProbe() {
        return null;
    }

    public long targetBps() {
        return settings.startBps();
    }

    public long pacingBps() {
        return settings.startBps() * 5 / 2;
    }

    public long paddingBps() {
        return 0;
    }

    public boolean isApplicationLimited() {
        return false;
    }

    public boolean hasLostFeedback() {
        return false;
    }

    /** The round trip in nanoseconds, -1 while it is unknown. */
    public long rttNanos() {
        return -1;
    }

    /** The share of packets lost in the latest feedback, 0 to 1. */
    public double lossRatio() {
        return 0;
    }
}
