package dev.sluice.media.stats;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Rates a connection by what the last ten seconds brought: round trip, loss and jitter, of which
 * each may be missing. What is older does not count.
 *
 * <p>Sums and counts are kept, not samples: to feed it allocates nothing.
 */
public final class ConnectionHealth {

    /** A peer of whom nothing comes for so long is disconnected. */
    public static final long SILENCE_NANOS = 5_000_000_000L;

    /** Changes to remember. */
    public static final int HISTORY = 32;

    private final HealthWindow window = new HealthWindow();
    private final Deque<HealthChange> history = new ArrayDeque<>();
    private HealthReport report;
    private long lastHeardNanos;

    /** Begins now; the silence so far does not count. */
    public ConnectionHealth(long nowNanos) {
        this.report = HealthReport.notRated(nowNanos);
        this.lastHeardNanos = nowNanos;
    }

    /** Something authentic has come from the peer. */
    public void onHeard(long nowNanos) {
        lastHeardNanos = Math.max(lastHeardNanos, nowNanos);
    }

    /** A round trip was measured. */
    public void onRtt(long rttNanos, long nowNanos) {
        window.onRtt(rttNanos, nowNanos);
    }

    /** The interarrival jitter (RFC 3550 section 6.4.1) of one stream is this now. */
    public void onJitter(long jitterNanos, long nowNanos) {
        window.onJitter(jitterNanos, nowNanos);
    }

    /**
     * So many packets were expected and so many of them lost since the last call.
     *
     * @param lost below 0 where packets came that had been taken for lost
     */
    public void onPackets(long expected, long lost, long nowNanos) {
        window.onPackets(expected, lost, nowNanos);
    }

    /** Rates what there is now; returns the change of level, or null where there is none. */
    public @Nullable HealthChange update(long nowNanos) {
        HealthLevel before = report.level();
        report = rate(nowNanos);
        if (report.level() == before) {
            return null;
        }
        var change = new HealthChange(before, report.level(), report.score(), nowNanos);
        if (history.size() == HISTORY) {
            history.removeFirst();
        }
        history.addLast(change);
        return change;
    }

    private HealthReport rate(long nowNanos) {
        long rttNanos = window.rttNanos(nowNanos);
        double lossRatio = window.lossRatio(nowNanos);
        long jitterNanos = window.jitterNanos(nowNanos);
        int score = HealthReport.UNKNOWN;
        score = worse(score, HealthScale.RTT_NANOS, (double) rttNanos);
        score = worse(score, HealthScale.LOSS_RATIO, lossRatio);
        score = worse(score, HealthScale.JITTER_NANOS, (double) jitterNanos);
        HealthLevel level =
                score == HealthReport.UNKNOWN ? HealthLevel.UNKNOWN : HealthScale.level(score);
        if (nowNanos - lastHeardNanos >= SILENCE_NANOS) {
            level = HealthLevel.DISCONNECTED;
            score = 0;
        }
        long sinceNanos = level == report.level() ? report.sinceNanos() : nowNanos;
        return new HealthReport(level, score, rttNanos, lossRatio, jitterNanos, sinceNanos);
    }

    private static int worse(int score, HealthScale scale, double value) {
        if (value < 0) {
            return score;
        }
        int other = scale.score(value);
        return score == HealthReport.UNKNOWN ? other : Math.min(score, other);
    }

    /** The last rating. */
    public HealthReport report() {
        return report;
    }

    /** The last changes, the oldest first. */
    public List<HealthChange> history() {
        return List.copyOf(history);
    }
}
