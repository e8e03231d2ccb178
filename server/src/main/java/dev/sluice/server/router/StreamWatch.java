package dev.sluice.server.router;

import dev.sluice.media.receive.ReceiveTotals;
import dev.sluice.media.receive.ReceptionStatistics;
import dev.sluice.media.stats.ConnectionHealth;
import dev.sluice.server.session.IncomingStream;

/** What one stream of a publisher brought since it was last looked at. */
final class StreamWatch {

    private static final long BITS = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final IncomingStream stream;
    private long expected;
    private long lost;
    private long bytes;
    private long atNanos;
    private long bitrateBps;

    StreamWatch(IncomingStream stream, long nowNanos) {
        this.stream = stream;
        this.atNanos = nowNanos;
    }

    IncomingStream stream() {
        return stream;
    }

    void measure(ConnectionHealth health, long nowNanos) {
        measureRate(nowNanos);
        ReceptionStatistics statistics = stream.receive().statistics();
        long newlyExpected = statistics.expectedPackets() - expected;
        long newlyLost = statistics.cumulativeLost() - lost;
        expected += newlyExpected;
        lost += newlyLost;
        // Below 0 where the source has started anew.
        if (newlyExpected > 0) {
            health.onPackets(newlyExpected, newlyLost, nowNanos);
            health.onJitter(jitterNanos(statistics), nowNanos);
        }
    }

    private void measureRate(long nowNanos) {
        ReceiveTotals totals = stream.receive().totals();
        long now = totals.payloadBytes() + totals.headerBytes();
        long spanNanos = nowNanos - atNanos;
        bitrateBps = spanNanos <= 0 ? 0 : (now - bytes) * BITS * NANOS_PER_SECOND / spanNanos;
        bytes = now;
        atNanos = nowNanos;
    }

    private static long jitterNanos(ReceptionStatistics statistics) {
        return statistics.jitterTicks() * NANOS_PER_SECOND / statistics.clockRateHz();
    }

    /** Between the last two looks, whole RTP packets. */
    long bitrateBps() {
        return bitrateBps;
    }
}
