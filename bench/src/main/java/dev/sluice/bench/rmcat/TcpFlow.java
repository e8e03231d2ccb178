package dev.sluice.bench.rmcat;

import dev.sluice.media.time.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.Random;

/**
 * Competing TCP: one long transfer, or short ones with idle periods between (RFC 8868 section 4.6:
 * files of 30 to 50 KB, idle periods of an exponential distribution with a mean of 10 s).
 */
final class TcpFlow implements Actor {

    private static final int SMALLEST_FILE_BYTES = 30_000;
    private static final int LARGEST_FILE_BYTES = 50_000;
    private static final double MEAN_IDLE_NANOS = 10e9;

    private final MediaFlow.Route route;
    private final Trace trace;
    private final Random random;
    private final boolean isLong;
    private final long endNanos;
    private @Nullable RenoSender transfer;
    private long nextStartNanos;

    private TcpFlow(MediaFlow.Route route, Trace trace, boolean isLong, Span active, long seed) {
        this.route = route;
        this.trace = trace;
        this.isLong = isLong;
        random = new Random(seed);
        nextStartNanos = (long) (active.fromSeconds() * 1e9);
        endNanos = (long) (active.toSeconds() * 1e9);
    }

    static TcpFlow unending(MediaFlow.Route route, Trace trace, Span active) {
        return new TcpFlow(route, trace, true, active, 0);
    }

    /**
     * @param startsIdle whether an idle period comes first
     */
    static TcpFlow shortTransfers(
            MediaFlow.Route route, Trace trace, Span active, boolean startsIdle, long seed) {
        var flow = new TcpFlow(route, trace, false, active, seed);
        if (startsIdle) {
            flow.nextStartNanos += flow.idleNanos();
        }
        return flow;
    }

    @Override
    public long nextNanos() {
        return transfer == null ? nextStartNanos : transfer.nextNanos();
    }

    @Override
    public void act(long nowNanos) {
        if (transfer == null) {
            start(nowNanos);
        } else {
            transfer.act(nowNanos);
        }
    }

    /** To be called after every step of time: acknowledgements end a transfer at any time. */
    void endTransfer(long nowNanos) {
        if (transfer != null && transfer.isDone()) {
            transfer = null;
            nextStartNanos = nowNanos + idleNanos();
        }
    }

    private void start(long nowNanos) {
        if (nowNanos >= endNanos) {
            nextStartNanos = Deadline.NEVER;
            return;
        }
        int segments = isLong ? Integer.MAX_VALUE : fileBytes() / RenoSender.SEGMENT_BYTES;
        transfer = new RenoSender(route, trace, segments);
        transfer.start(nowNanos);
    }

    private int fileBytes() {
        return random.nextInt(SMALLEST_FILE_BYTES, LARGEST_FILE_BYTES + 1);
    }

    private long idleNanos() {
        return (long) (-MEAN_IDLE_NANOS * Math.log(1 - random.nextDouble()));
    }
}
