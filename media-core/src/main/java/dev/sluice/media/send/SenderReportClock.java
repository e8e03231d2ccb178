package dev.sluice.media.send;

import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.time.NtpTime;

import java.util.Arrays;
import java.util.List;

/**
 * Makes a viewer's sender reports out of the publisher's, RFC 3550 section 6.4.1.
 *
 * <p>They stay in the publisher's NTP time: what the publisher captured together, a viewer plays
 * together, whatever clock this machine has. The round trip to the viewer is told by monotonic time
 * alone: the clock remembers when it sent which report.
 */
public final class SenderReportClock {

    /** The result of {@link #rttNanos} where the report block tells none. */
    public static final long UNKNOWN = -1;

    /** Reports to remember: some round trips' worth, even at several reports a second. */
    private static final int REMEMBERED = 16;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int clockRateHz;
    private final long[] sentCompactNtp = new long[REMEMBERED];
    private final long[] sentNanos = new long[REMEMBERED];
    private int next;

    /** For a stream whose timestamps count {@code clockRateHz} ticks a second. */
    public SenderReportClock(int clockRateHz) {
        this.clockRateHz = clockRateHz;
        Arrays.fill(sentCompactNtp, UNKNOWN);
    }

    /**
     * The viewer's report for now.
     *
     * @param source the publisher's last report of the forwarded stream
     * @param sourceArrivalNanos when it arrived
     * @param timestampOffset what is added to the publisher's RTP timestamps for this viewer
     */
    public SenderReport report(
            long viewerSsrc,
            SenderReport source,
            long sourceArrivalNanos,
            long timestampOffset,
            long packets,
            long octets,
            long nowNanos) {
        long elapsedNanos = nowNanos - sourceArrivalNanos;
        long ntp = source.ntpTime() + ntpSpan(elapsedNanos);
        long timestamp = source.rtpTimestamp() + timestampOffset + ticks(elapsedNanos);
        remember(NtpTime.compact(ntp), nowNanos);
        return new SenderReport(
                viewerSsrc,
                ntp,
                timestamp & 0xFFFF_FFFFL,
                packets & 0xFFFF_FFFFL,
                octets & 0xFFFF_FFFFL,
                List.of());
    }

    /**
     * The round trip that a viewer's report block tells, in nanoseconds, or {@link #UNKNOWN} if it
     * names no report that was sent lately.
     */
    public long rttNanos(ReportBlock block, long nowNanos) {
        long lastSenderReport = block.lastSenderReport();
        for (int age = 1; lastSenderReport != 0 && age <= REMEMBERED; age++) {
            int slot = Math.floorMod(next - age, REMEMBERED);
            if (sentCompactNtp[slot] == lastSenderReport) {
                long heldNanos = NtpTime.compactToNanos(block.delaySinceLastSenderReport());
                return roundTrip(nowNanos - sentNanos[slot], heldNanos);
            }
        }
        return UNKNOWN;
    }

    /** A viewer's clock may round up, so a little less than nothing is nothing. */
    private static long roundTrip(long sinceSentNanos, long heldNanos) {
        long rttNanos = sinceSentNanos - heldNanos;
        boolean rounding = rttNanos < 0 && rttNanos > -NANOS_PER_SECOND / 1000;
        return rounding ? 0 : Math.max(UNKNOWN, rttNanos);
    }

    private void remember(long compactNtp, long nowNanos) {
        sentCompactNtp[next] = compactNtp;
        sentNanos[next] = nowNanos;
        next = (next + 1) % REMEMBERED;
    }

    /** A span in units of 2^-32 s. */
    private static long ntpSpan(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        long rest = Math.floorMod(nanos, NANOS_PER_SECOND);
        return (seconds << 32) + (rest << 32) / NANOS_PER_SECOND;
    }

    private long ticks(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        long rest = Math.floorMod(nanos, NANOS_PER_SECOND);
        return seconds * clockRateHz + rest * clockRateHz / NANOS_PER_SECOND;
    }
}
