package dev.sluice.media.receive;

import dev.sluice.media.rtcp.ReportBlock;

/**
 * What a receiver knows of a stream (RFC 3550 A.1, A.3, A.8); packets are authentic, so none is on
 * probation.
 */
final class ReceptionStatistics {

    private static final long MAX_CUMULATIVE_LOST = 0x7F_FFFF;
    private static final long MIN_CUMULATIVE_LOST = -0x80_0000;

    private final int clockRateHz;
    private long baseSequence;
    private long highestSequence;
    private long received;
    private long expectedAtLastReport;
    private long receivedAtLastReport;
    private boolean started;
    private long lastTransitTicks;
    private double jitterTicks;

    ReceptionStatistics(int clockRateHz) {
        this.clockRateHz = clockRateHz;
    }

    /** Counts a packet that is no duplicate; only first transmissions tell about jitter. */
    void onPacket(long extendedSequence, long timestamp, boolean retransmitted, long nowNanos) {
        if (!started) {
            started = true;
            baseSequence = extendedSequence;
            highestSequence = extendedSequence;
            lastTransitTicks = transitTicks(timestamp, nowNanos);
        }
        received++;
        highestSequence = Math.max(highestSequence, extendedSequence);
        if (!retransmitted) {
            measureJitter(timestamp, nowNanos);
        }
    }

    /** RFC 3550 A.8: J += (|D| - J) / 16. */
    private void measureJitter(long timestamp, long nowNanos) {
        long transit = transitTicks(timestamp, nowNanos);
        long difference = Math.abs((int) (transit - lastTransitTicks));
        lastTransitTicks = transit;
        jitterTicks += (difference - jitterTicks) / 16;
    }

    private long transitTicks(long timestamp, long nowNanos) {
        return nowNanos / 1_000 * clockRateHz / 1_000_000 - timestamp;
    }

    /** Forgets everything: the source began anew. */
    void restart() {
        started = false;
        received = 0;
        expectedAtLastReport = 0;
        receivedAtLastReport = 0;
        jitterTicks = 0;
    }

    /**
     * Packets that were expected and did not come, by the last report; negative with duplicates.
     */
    long cumulativeLostAtLastReport() {
        return expectedAtLastReport - receivedAtLastReport;
    }

    double jitterTicks() {
        return jitterTicks;
    }

    ReportBlock report(long ssrc, long lastSenderReport, long delaySinceLastSenderReport) {
        long expected = started ? highestSequence - baseSequence + 1 : 0;
        int fraction = fractionLost(expected);
        expectedAtLastReport = expected;
        receivedAtLastReport = received;
        long lost = Math.clamp(expected - received, MIN_CUMULATIVE_LOST, MAX_CUMULATIVE_LOST);
        return new ReportBlock(
                ssrc,
                fraction,
                (int) lost,
                highestSequence & 0xFFFF_FFFFL,
                (long) jitterTicks,
                lastSenderReport,
                delaySinceLastSenderReport);
    }

    private int fractionLost(long expected) {
        long expectedInterval = expected - expectedAtLastReport;
        long lostInterval = expectedInterval - (received - receivedAtLastReport);
        return expectedInterval <= 0 || lostInterval <= 0
                ? 0
                : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
    }
}
