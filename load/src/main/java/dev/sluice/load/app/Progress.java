package dev.sluice.load.app;

import dev.sluice.load.count.ReceivedTotals;
import dev.sluice.load.net.LoopFigures;
import dev.sluice.load.report.ProcessSample;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.util.Locale;

/** Says each second how the run does, on a thread of its own. */
final class Progress {

    private static final long PERIOD_MILLIS = 1000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BITS_PER_MEGABIT = 1e6;
    private static final double PERCENT = 100;

    private final LoadPlan plan;
    private final Fleet fleet;
    private final JoinLedger publishing;
    private final JoinLedger watching;
    private final @Nullable JoinLedger churning;
    private final PrintStream out;
    private final Thread thread;
    private ReceivedTotals before = ReceivedTotals.ZERO;
    private long sentBefore;
    private long serverBeforeNanos;
    private long beforeNanos = System.nanoTime();
    private final long startNanos = beforeNanos;

    Progress(
            LoadPlan plan,
            Fleet fleet,
            JoinLedger publishing,
            JoinLedger watching,
            @Nullable JoinLedger churning,
            PrintStream out) {
        this.plan = plan;
        this.fleet = fleet;
        this.publishing = publishing;
        this.watching = watching;
        this.churning = churning;
        this.out = out;
        this.thread = Thread.ofVirtual().name("load-progress").unstarted(this::repeat);
    }

    void start() {
        serverBeforeNanos = serverNanos();
        thread.start();
    }

    private void repeat() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                out.println(line(System.nanoTime()));
            }
        } catch (InterruptedException e) {
            // The run is over.
        }
    }

    private String line(long nowNanos) {
        LoopFigures figures = fleet.figures();
        ReceivedTotals now = figures.received();
        ReceivedTotals since = now.minus(before);
        long sent = figures.sent().packets();
        double seconds = (nowNanos - beforeNanos) / NANOS_PER_SECOND;
        String text =
                String.format(
                        Locale.ROOT,
                        "%4.0f s  publishers %d/%d  %.0f packets/s "
                                + " viewers %d/%d  %.0f packets/s  %.1f Mbit/s  lost %d",
                        (nowNanos - startNanos) / NANOS_PER_SECOND,
                        publishing.joined(),
                        plan.publishers(),
                        (sent - sentBefore) / seconds,
                        watching.joined(),
                        plan.subscribers(),
                        since.datagrams() / seconds,
                        since.bytes() * Byte.SIZE / BITS_PER_MEGABIT / seconds,
                        now.lost());
        String churn =
                churning == null
                        ? ""
                        : "  churn %d/%d".formatted(churning.joined(), churning.asked());
        String server = serverText(seconds);
        before = now;
        sentBefore = sent;
        beforeNanos = nowNanos;
        return text + churn + server;
    }

    private String serverText(double seconds) {
        if (plan.serverPid().isEmpty()) {
            return "";
        }
        long cpuNanos = serverNanos();
        double share = (cpuNanos - serverBeforeNanos) / NANOS_PER_SECOND / seconds;
        serverBeforeNanos = cpuNanos;
        return String.format(Locale.ROOT, "  server %.0f %% CPU", share * PERCENT);
    }

    private long serverNanos() {
        return plan.serverPid().isEmpty()
                ? 0
                : ProcessSample.of(plan.serverPid().getAsLong())
                        .map(ProcessSample::cpuNanos)
                        .orElse(serverBeforeNanos);
    }

    /** Says no more; waits for the line that is being written. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
