package dev.sluice.media.send;

import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.time.NtpTime;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Makes a viewer's sender reports of the publisher's: the publisher's wall clock goes on, so that
 * audio and video that he sends in sync are played in sync. The round trip is measured by our own
 * clock.
 */
public final class SenderReportClock {

    /** Reports remembered for the round trip; a viewer answers within a second or two. */
    private static final int MEMORY = 8;

    private final int clockRateHz;
    private final long[] sentCompactNtp = new long[MEMORY];
    private final long[] sentNanos = new long[MEMORY];
    private int sent;
    private @Nullable SenderReport source;
    private long sourceNanos;
    private long rttNanos;

    public SenderReportClock(int clockRateHz) {
        this.clockRateHz = clockRateHz;
    }

    /** The publisher's report and when it arrived. */
    public void onSenderReport(SenderReport report, long arrivalNanos) {
        source = report;
        sourceNanos = arrivalNanos;
    }

    /** Forgets the publisher's clock. */
    public void clear() {
        source = null;
    }

    /**
     * The report of this moment; null before the publisher's first.
     *
     * @param timestampOffset what the viewer's timestamps are ahead of the publisher's, modulo 2^32
     */
    public @Nullable SenderReport report(SendStream stream, long timestampOffset, long nowNanos) {
        SenderReport known = source;
        if (known == null) {
            return null;
        }
        long elapsedNanos = nowNanos - sourceNanos;
        long ntp = NtpTime.fromUnixNanos(NtpTime.toUnixNanos(known.ntpTime()) + elapsedNanos);
        long ticks = elapsedNanos / 1_000 * clockRateHz / 1_000_000;
        long timestamp = (known.rtpTimestamp() + timestampOffset + ticks) & 0xFFFF_FFFFL;
        remember(NtpTime.compact(ntp), nowNanos);
        return new SenderReport(
                stream.ssrc(),
                ntp,
                timestamp,
                stream.packetCount(),
                stream.octetCount(),
                List.of());
    }

    private void remember(long compactNtp, long nowNanos) {
        sentCompactNtp[sent % MEMORY] = compactNtp;
        sentNanos[sent % MEMORY] = nowNanos;
        sent++;
    }

    /** Measures the round trip by a report that answers one of ours (RFC 3550 6.4.1). */
    public void onReportBlock(ReportBlock block, long nowNanos) {
        for (int i = 0; i < Math.min(sent, MEMORY); i++) {
            if (block.lastSenderReport() != 0 && sentCompactNtp[i] == block.lastSenderReport()) {
                long heldNanos = NtpTime.compactToNanos(block.delaySinceLastSenderReport());
                rttNanos = Math.max(1, nowNanos - sentNanos[i] - heldNanos);
            }
        }
    }

    /** The round trip to the viewer in nanoseconds, 0 while it is not known. */
    public long rttNanos() {
        return rttNanos;
    }
}
