package dev.sluice.load.app;

import dev.sluice.load.net.LoopFigures;
import dev.sluice.load.report.Distribution;
import dev.sluice.load.report.JoinFigures;
import dev.sluice.load.report.LoadReport;
import dev.sluice.load.report.ProcessFigures;
import dev.sluice.load.report.ProcessSample;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/** What changed between two moments: what was sent and received, and what that took. */
final class Measurement {

    private static final long MAX_DELAY_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int DIGITS = 3;
    private static final ProcessSample NOTHING = new ProcessSample(0, 0, 0);

    /** One of the two moments. */
    private record Moment(
            long nanos,
            LoopFigures figures,
            @Nullable ProcessSample server,
            ProcessSample generator) {}

    private final LoadPlan plan;
    private final Fleet fleet;
    private final Histogram delays = new Histogram(MAX_DELAY_NANOS, DIGITS);
    private @Nullable Moment start;
    private @Nullable Moment end;

    Measurement(LoadPlan plan, Fleet fleet) {
        this.plan = plan;
        this.fleet = fleet;
    }

    void begin() {
        fleet.measure(true);
        start = now();
    }

    void end() {
        end = now();
        fleet.measure(false);
        fleet.addDelaysTo(delays);
    }

    private Moment now() {
        ProcessSample server =
                plan.serverPid().isPresent()
                        ? ProcessSample.of(plan.serverPid().getAsLong()).orElse(null)
                        : null;
        ProcessSample generator = ProcessSample.of(ProcessHandle.current().pid()).orElse(NOTHING);
        return new Moment(System.nanoTime(), fleet.figures(), server, generator);
    }

    boolean hasLasted(int seconds) {
        return last().nanos() - first().nanos() >= TimeUnit.SECONDS.toNanos(seconds);
    }

    LoadReport report(
            JoinFigures publishers,
            JoinFigures subscribers,
            @Nullable JoinFigures churn,
            boolean isComplete) {
        Moment first = first();
        Moment last = last();
        long nanos = last.nanos() - first.nanos();
        ProcessSample serverFirst = first.server();
        ProcessSample serverLast = last.server();
        return new LoadReport(
                plan.figures(),
                publishers,
                subscribers,
                churn,
                isComplete,
                nanos,
                last.figures().sent().minus(first.figures().sent()),
                last.figures().received().minus(first.figures().received()),
                last.figures().passingBytes() - first.figures().passingBytes(),
                Distribution.of(delays),
                serverFirst == null || serverLast == null
                        ? null
                        : ProcessFigures.between(serverFirst, serverLast, nanos),
                plan.serverPid().isPresent() && serverLast == null,
                ProcessFigures.between(first.generator(), last.generator(), nanos),
                last.figures().socketDrops() - first.figures().socketDrops(),
                last.figures().sendQueueFull() - first.figures().sendQueueFull(),
                last.figures().worstLatenessNanos());
    }

    private Moment first() {
        return require(start);
    }

    private Moment last() {
        return require(end);
    }

    private static Moment require(@Nullable Moment moment) {
        if (moment == null) {
            throw new IllegalStateException("Nothing was measured");
        }
        return moment;
    }
}
