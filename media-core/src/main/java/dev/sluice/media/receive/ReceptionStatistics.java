package dev.sluice.media.receive;

import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.time.NtpTime;

import org.jspecify.annotations.Nullable;

/**
 * What a receiver reports of one source: RFC 3550 appendix A.3 (loss), A.8 (jitter) and section
 * 6.4.1 (the last sender report).
 */
public final class ReceptionStatistics {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_FRACTION_LOST = 255;
    private static final long NONE = -1;

    private final long ssrc;
    private final int clockRateHz;

    private long baseSequence = NONE;
    private long highestSequence = NONE;
    private long received;
    private long expectedBefore;
    private long receivedBefore;

    /** In 1/16 of a tick, which keeps the fraction of the running mean. */
    private long scaledJitter;

    private int lastTransitTicks;
    private boolean hasTransit;

    private @Nullable SenderReport lastSenderReport;
    private long lastSenderReportNanos;

    /** For a source whose timestamps count {@code clockRateHz} ticks a second. */
    public ReceptionStatistics(long ssrc, int clockRateHz) {
        this.ssrc = ssrc;
        this.clockRateHz = clockRateHz;
    }

    /**
     * Counts a packet that arrived on the media SSRC itself.
     *
     * @param extendedSequence its sequence number, extended as by {@link SourceSequence}
     * @param timestamp its RTP timestamp
     */
    public void onPacket(long extendedSequence, long timestamp, long nowNanos) {
        received++;
        if (baseSequence == NONE) {
            baseSequence = extendedSequence;
        }
        if (extendedSequence > highestSequence) {
            highestSequence = extendedSequence;
            updateJitter(timestamp, nowNanos);
        }
    }

    /** Forgets the packets so far: the source has started anew. */
    public void onRestart() {
        baseSequence = NONE;
        highestSequence = NONE;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
        scaledJitter = 0;
        hasTransit = false;
    }

    /** Remembers a report of the source, for the next report block. */
    public void onSenderReport(SenderReport report, long nowNanos) {
        lastSenderReport = report;
        lastSenderReportNanos = nowNanos;
    }

    /** The source's last report; null before the first. */
    public @Nullable SenderReport lastSenderReport() {
        return lastSenderReport;
    }

    /** When the last report arrived; of no meaning before the first. */
    public long lastSenderReportNanos() {
        return lastSenderReportNanos;
    }

    /** Whether there is something to report: a packet has arrived. */
    public boolean hasReceived() {
        return baseSequence != NONE;
    }

    /**
     * Packets expected less packets received since the source started; below 0 where more came than
     * were expected.
     */
    public long cumulativeLost() {
        return expected() - received;
    }

    /** Packets from the first one to the highest number, those that never came included. */
    public long expectedPackets() {
        return expected();
    }

    /** Ticks per second of the source's timestamps. */
    public int clockRateHz() {
        return clockRateHz;
    }

    /** The interarrival jitter in timestamp ticks. */
    public long jitterTicks() {
        return scaledJitter >> 4;
    }

    /** The report block for now; its fraction lost covers the time since the block before. */
    public ReportBlock reportBlock(long nowNanos) {
        int fractionLost = fractionLost();
        expectedBefore = expected();
        receivedBefore = received;
        SenderReport report = lastSenderReport;
        return new ReportBlock(
                ssrc,
                fractionLost,
                Math.clamp(
                        cumulativeLost(),
                        ReportBlock.MIN_CUMULATIVE_LOST,
                        ReportBlock.MAX_CUMULATIVE_LOST),
                extendedHighestSequence(),
                jitterTicks(),
                report == null ? 0 : NtpTime.compact(report.ntpTime()),
                report == null ? 0 : NtpTime.nanosToCompact(nowNanos - lastSenderReportNanos));
    }

    private long expected() {
        return hasReceived() ? highestSequence - baseSequence + 1 : 0;
    }

    private long extendedHighestSequence() {
        return hasReceived() ? (highestSequence - SourceSequence.FIRST_CYCLE) & 0xFFFF_FFFFL : 0;
    }

    /** RFC 3550 appendix A.3, in 1/256. */
    private int fractionLost() {
        long expected = expected() - expectedBefore;
        long lost = expected - (received - receivedBefore);
        if (expected <= 0 || lost <= 0) {
            return 0;
        }
        return (int) Math.min((lost << 8) / expected, MAX_FRACTION_LOST);
    }

    /**
     * RFC 3550 appendix A.8. Packets that are late do not count: they say when they were sent again
     * rather than how evenly the path delivers.
     */
    private void updateJitter(long timestamp, long nowNanos) {
        int transitTicks = (int) (ticks(nowNanos) - timestamp);
        if (hasTransit) {
            long difference = Math.abs((long) (transitTicks - lastTransitTicks));
            scaledJitter += difference - ((scaledJitter + 8) >> 4);
        }
        lastTransitTicks = transitTicks;
        hasTransit = true;
    }

    private long ticks(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        long rest = Math.floorMod(nanos, NANOS_PER_SECOND);
        return seconds * clockRateHz + rest * clockRateHz / NANOS_PER_SECOND;
    }
}
