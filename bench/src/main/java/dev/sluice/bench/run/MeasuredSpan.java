package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads the metrics of Sluice at the beginning and the end of what the load tool measures: when its
 * progress says that all have joined, it warms up and then measures.
 */
final class MeasuredSpan implements AutoCloseable {

    /** The progress is up to a second old, so the span read here lies within the measured one. */
    private static final long MARGIN_MILLIS = 500;

    private final SluiceServer server;
    private final LoadSpan span;
    private final AtomicBoolean hasBegun = new AtomicBoolean();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> Thread.ofPlatform().daemon().name("span").unstarted(task));
    private volatile @Nullable MetricsText before;
    private volatile @Nullable MetricsText after;

    MeasuredSpan(SluiceServer server, LoadSpan span) {
        this.server = server;
        this.span = span;
    }

    void onProgress(String line) {
        boolean joined = ProgressLine.read(line).filter(ProgressLine::haveAllJoined).isPresent();
        if (joined && hasBegun.compareAndSet(false, true)) {
            long beginMillis = TimeUnit.SECONDS.toMillis(span.warmupSeconds());
            long lengthMillis = TimeUnit.SECONDS.toMillis(span.seconds()) - 3 * MARGIN_MILLIS;
            var _ = timer.schedule(() -> before = read(), beginMillis, TimeUnit.MILLISECONDS);
            var _ =
                    timer.schedule(
                            () -> after = read(),
                            beginMillis + lengthMillis,
                            TimeUnit.MILLISECONDS);
        }
    }

    private @Nullable MetricsText read() {
        try {
            return server.metrics();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (BenchException e) {
            // An overloaded server; the figures of the whole run are read after it.
            return null;
        }
    }

    /** How packets left in the span; since the start where the span was not seen whole. */
    SendRuns sendRuns() throws InterruptedException {
        MetricsText first = before;
        MetricsText last = after;
        return first == null || last == null
                ? SendRuns.between(MetricsText.EMPTY, server.metrics())
                : SendRuns.between(first, last);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
