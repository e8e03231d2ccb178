package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks at the machine, and at the metrics of Sluice, at the beginning and the end of what the load
 * tool measures: when its progress says that all have joined, it warms up and then measures.
 */
final class MeasuredSpan implements AutoCloseable {

    /** The progress is up to a second old, so the span seen here lies within the measured one. */
    private static final long MARGIN_MILLIS = 500;

    private final @Nullable SluiceServer sluice;
    private final long serverPid;
    private final LoadSpan span;
    private final AtomicBoolean hasBegun = new AtomicBoolean();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> Thread.ofPlatform().daemon().name("span").unstarted(task));
    private volatile long loadPid;
    private volatile @Nullable Moment before;
    private volatile @Nullable Moment after;

    private record Moment(MachineSample machine, ThreadTimes threads, MetricsText metrics) {}

    /**
     * @param sluice whose metrics are read; null for another server
     */
    MeasuredSpan(@Nullable SluiceServer sluice, long serverPid, LoadSpan span) {
        this.sluice = sluice;
        this.serverPid = serverPid;
        this.span = span;
    }

    /** Which process is the load tool. */
    void watch(long pid) {
        loadPid = pid;
    }

    void onProgress(String line) {
        boolean joined = ProgressLine.read(line).filter(ProgressLine::haveAllJoined).isPresent();
        if (joined && hasBegun.compareAndSet(false, true)) {
            long beginMillis = TimeUnit.SECONDS.toMillis(span.warmupSeconds());
            long lengthMillis =
                    Math.max(
                            MARGIN_MILLIS,
                            TimeUnit.SECONDS.toMillis(span.seconds()) - 3 * MARGIN_MILLIS);
            var _ = timer.schedule(() -> before = look(), beginMillis, TimeUnit.MILLISECONDS);
            var _ =
                    timer.schedule(
                            () -> after = look(),
                            beginMillis + lengthMillis,
                            TimeUnit.MILLISECONDS);
        }
    }

    private @Nullable Moment look() {
        try {
            MachineSample machine = MachineSample.of(serverPid, loadPid);
            ThreadTimes threads = sluice == null ? ThreadTimes.NONE : ThreadTimes.of(serverPid);
            MetricsText metrics = sluice == null ? MetricsText.EMPTY : sluice.metrics();
            return new Moment(machine, threads, metrics);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (BenchException e) {
            // An overloaded server; then the figures of this span are not known.
            return null;
        }
    }

    /** What was seen between the two looks. */
    SpanFigures figures() {
        Moment first = before;
        Moment last = after;
        if (first == null || last == null) {
            return SpanFigures.UNKNOWN;
        }
        return new SpanFigures(
                sluice == null ? null : SendRuns.between(first.metrics(), last.metrics()),
                last.machine().othersPercentSince(first.machine()),
                last.threads().since(first.threads()));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
