package dev.sluice.server.router;

import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.send.SendStream;
import dev.sluice.media.stats.ConnectionHealth;

import org.jspecify.annotations.Nullable;

/** What a viewer's reports of one stream have told since they were last looked at. */
final class ReportWatch {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SEQUENCE_MASK = 0xFFFF_FFFFL;

    /** More packets than this between two reports are a stream that began anew. */
    private static final long MAX_STEP = 1L << 24;

    private final SendStream stream;
    private @Nullable ReportBlock last;
    private long measurements;

    ReportWatch(SendStream stream) {
        this.stream = stream;
    }

    void measure(ConnectionHealth health, long nowNanos) {
        ReportBlock block = stream.lastReport();
        ReportBlock before = last;
        if (block == null || block.equals(before)) {
            return;
        }
        last = block;
        health.onJitter(block.jitterTicks() * NANOS_PER_SECOND / stream.clockRateHz(), nowNanos);
        if (before != null) {
            measureLoss(before, block, health, nowNanos);
        }
        if (stream.rttMeasurements() != measurements) {
            measurements = stream.rttMeasurements();
            health.onRtt(stream.rttNanos(), nowNanos);
        }
    }

    private static void measureLoss(
            ReportBlock before, ReportBlock block, ConnectionHealth health, long nowNanos) {
        long expected =
                (block.extendedHighestSequence() - before.extendedHighestSequence())
                        & SEQUENCE_MASK;
        if (expected > 0 && expected < MAX_STEP) {
            health.onPackets(expected, block.cumulativeLost() - before.cumulativeLost(), nowNanos);
        }
    }
}
