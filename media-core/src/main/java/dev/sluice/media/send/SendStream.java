package dev.sluice.media.send;

import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.RtpPacket;

import org.jspecify.annotations.Nullable;

/**
 * One media SSRC to a viewer: counts what is sent, remembers it for retransmission, reports it, and
 * learns the round trip from the viewer's reports.
 */
public final class SendStream {

    private final long ssrc;
    private final SenderReportClock clock;
    private final RetransmissionCache retransmissions;
    private final boolean remembers;
    private long packets;
    private long octets;
    private long rttNanos = SenderReportClock.UNKNOWN;
    private long resentPackets;
    private long resentBytes;
    private long rttSumNanos;
    private long rttMeasurements;
    private @Nullable ReportBlock lastReport;
    private long lastReportNanos;
    private final int clockRateHz;

    /**
     * @param clockRateHz ticks per second of the RTP timestamps
     * @param cacheCapacityPackets packets that can be sent again, a power of two
     * @param remembers whether any can
     */
    public SendStream(long ssrc, int clockRateHz, int cacheCapacityPackets, boolean remembers) {
        this.ssrc = ssrc;
        this.remembers = remembers;
        this.clockRateHz = clockRateHz;
        this.clock = new SenderReportClock(clockRateHz);
        this.retransmissions = new RetransmissionCache(cacheCapacityPackets);
    }

    public long ssrc() {
        return ssrc;
    }

    /**
     * Takes note of a packet as it is sent for the first time.
     *
     * @param sequenceNumber as sent, 16 bits
     * @param payloadBytes without padding
     */
    public void onSent(int sequenceNumber, int payloadBytes) {
        count(payloadBytes);
        if (remembers) {
            retransmissions.onSent(sequenceNumber);
        }
    }

    /** Takes note of a packet that is sent on this SSRC again. */
    public void onResent(RtpPacket packet) {
        resentPackets++;
        resentBytes += packet.payloadSizeBytes();
        count(packet.payloadSizeBytes());
    }

    /** The packets that can be sent again. */
    public RetransmissionCache retransmissions() {
        return retransmissions;
    }

    /**
     * The sender report for now, out of the publisher's last one; see {@link SenderReportClock}.
     *
     * @param timestampOffset what is added to the publisher's RTP timestamps for this viewer
     */
    public SenderReport senderReport(
            SenderReport source, long sourceArrivalNanos, long timestampOffset, long nowNanos) {
        return clock.report(
                ssrc, source, sourceArrivalNanos, timestampOffset, packets, octets, nowNanos);
    }

    /** Takes in what the viewer reports of this stream. */
    public void onReportBlock(ReportBlock block, long nowNanos) {
        lastReport = block;
        lastReportNanos = nowNanos;
        long measuredNanos = clock.rttNanos(block, nowNanos);
        if (measuredNanos != SenderReportClock.UNKNOWN) {
            rttNanos = measuredNanos;
            rttSumNanos += measuredNanos;
            rttMeasurements++;
            retransmissions.onRtt(measuredNanos);
        }
    }

    /** The last round trip told by the viewer, or -1 before the first. */
    public long rttNanos() {
        return rttNanos;
    }

    /** The viewer's last report of this stream; null before the first. */
    public @Nullable ReportBlock lastReport() {
        return lastReport;
    }

    /** When the last report came; of no meaning before the first. */
    public long lastReportNanos() {
        return lastReportNanos;
    }

    /** The sum of all measured round trips. */
    public long rttSumNanos() {
        return rttSumNanos;
    }

    /** How often the round trip was measured. */
    public long rttMeasurements() {
        return rttMeasurements;
    }

    /** Ticks per second of the RTP timestamps. */
    public int clockRateHz() {
        return clockRateHz;
    }

    /** Packets that were sent on this SSRC again. */
    public long resentPackets() {
        return resentPackets;
    }

    /** The payloads of these. */
    public long resentBytes() {
        return resentBytes;
    }

    /** Packets sent on this SSRC. */
    public long packets() {
        return packets;
    }

    /** The bytes of their payloads, without padding. */
    public long octets() {
        return octets;
    }

    private void count(int payloadBytes) {
        packets++;
        octets += payloadBytes;
    }
}
