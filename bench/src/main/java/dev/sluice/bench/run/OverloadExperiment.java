package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Twice as many viewers as the machine can carry: who was there stays, and all is well after it.
 */
final class OverloadExperiment {

    static final String ID = "overload";

    private static final double OVER = 2;
    private static final double STEADY_SHARE = 0.25;

    /** What the overload lasts, behind its joins. */
    private static final int SECONDS = 20;

    private static final int JOIN_RATE = 50;

    /** They join while the core has no time left. */
    private static final int JOIN_TIMEOUT_SECONDS = 60;

    /** Longer than all the rest. */
    private static final int STEADY_SECONDS = 150;

    private static final int QUIET_SECONDS = 10;
    private static final int AFTER_SECONDS = 8;
    private static final int PROBE_MILLIS = 500;
    private static final double RECOVERY_SECONDS = 2;
    private static final double HTTP_MILLIS = 5000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double PERCENT = 100;
    private static final String DROPPED = "sluice_datagrams_dropped_total";

    private final Experiment base;
    private final Recovery steady = new Recovery();

    OverloadExperiment(Experiment base) {
        this.base = base;
    }

    void run() throws InterruptedException {
        SluiceServer server = base.servers().usual(Scenario.named(Scenario.MAIN));
        int capacity = base.viewersFor(1);
        int few = Math.max(1, (int) (capacity * STEADY_SHARE));
        int many = (int) (capacity * OVER) - few;
        LoadTool.Run first = to(server).with("--subscribers", few).with("--publishers", 1);
        try (var running =
                base.load()
                        .start(
                                first.with("--seconds", STEADY_SECONDS),
                                "overload-steady",
                                this::onProgress)) {
            awaitJoined();
            TimeUnit.SECONDS.sleep(QUIET_SECONDS);
            overload(server, capacity, few, many);
            running.child().close();
            LoadFigures figures = running.figures();
            bar("viewers of before that were lost", figures.lost(), 0, "");
        }
    }

    private static LoadTool.Run to(SluiceServer server) {
        return LoadTool.Run.against(server)
                .with("--rate", Scenario.named(Scenario.MAIN).rateKbps())
                .with("--join-rate", JOIN_RATE)
                .with("--join-timeout", JOIN_TIMEOUT_SECONDS);
    }

    private void onProgress(String line) {
        ProgressLine.read(line)
                .filter(ProgressLine::haveAllJoined)
                .ifPresent(told -> steady.add(System.nanoTime(), told.delivered()));
    }

    private void awaitJoined() throws InterruptedException {
        long startNanos = System.nanoTime();
        while (Double.isNaN(steady.usual(startNanos, Long.MAX_VALUE))) {
            if (System.nanoTime() - startNanos > TimeUnit.SECONDS.toNanos(STEADY_SECONDS)) {
                throw new BenchException("The viewers before the overload do not join");
            }
            Thread.sleep(PROBE_MILLIS);
        }
    }

    private void overload(SluiceServer server, int capacity, int few, int many)
            throws InterruptedException {
        long beginNanos = System.nanoTime();
        MetricsText before = server.metrics();
        LoadFigures figures;
        try (Probe probe = new Probe(server)) {
            LoadTool.Run run =
                    to(server)
                            .with("--publishers", 0)
                            .with("--streams", 1)
                            .with("--subscribers", many)
                            .with("--warmup", 0)
                            .with("--seconds", SECONDS);
            try (var running = base.load().start(run, "overload-more", _ -> {})) {
                figures = running.figures();
            }
            probe.close();
            tell(capacity, few, many, figures, probe);
        }
        long endNanos = System.nanoTime();
        MetricsText after = server.metrics();
        TimeUnit.SECONDS.sleep(AFTER_SECONDS);
        double usual = steady.usual(Long.MIN_VALUE, beginNanos);
        double seconds = steady.seconds(usual, endNanos);
        base.remark(
                "Overload: the first viewers got %.0f %% of what was published before, in the"
                        + " worst second under it %.0f %%, and as before %.1f s after its end; NACK"
                        + " in %+.0f, PLI in %+.0f; dropped: %s",
                PERCENT * usual,
                PERCENT * steady.least(beginNanos, endNanos),
                seconds,
                grown(before, after, "sluice_rtcp_nack_total"),
                grown(before, after, "sluice_rtcp_pli_total"),
                drops(before, after));
        bar("recovery", seconds, RECOVERY_SECONDS, "s");
    }

    private void tell(int capacity, int few, int many, LoadFigures figures, Probe probe) {
        base.remark(
                "Overload: %d viewers at 2.5 Mbit/s fill the core; %d, and %d more: %d of these"
                    + " joined, %d failed; each got %.0f kbit/s; server at %.0f %% of a core, these"
                    + " viewers' load tool at %.0f %%; HTTP answered %d of %d times, the slowest"
                    + " after %.0f ms",
                capacity,
                few,
                many,
                figures.joined(),
                figures.failures(),
                kbpsEach(figures),
                figures.cpuPercent(),
                figures.generatorCpuPercent(),
                probe.answered,
                probe.asked,
                probe.worstMillis);
        figures.failureDetails().forEach(why -> base.remark("Overload: a client failed: %s", why));
        bar("viewers that could not join or were lost", figures.failures(), 0, "");
        bar("slowest answer by HTTP", probe.worst(), HTTP_MILLIS, "ms");
    }

    private static double kbpsEach(LoadFigures figures) {
        return figures.receivedBytes() * 8 / 1000.0 / figures.seconds() / figures.joined();
    }

    private static double grown(MetricsText before, MetricsText after, String name) {
        String in = "direction=\"in\"";
        return after.sum(name, in) - before.sum(name, in);
    }

    private static Map<String, Long> drops(MetricsText before, MetricsText after) {
        Map<String, Long> grown = new TreeMap<>();
        Map<String, Double> old = before.notZero(DROPPED);
        after.notZero(DROPPED)
                .forEach(
                        (series, count) -> {
                            long more = (long) (count - old.getOrDefault(series, 0.0));
                            if (more > 0) {
                                grown.put(series.substring(DROPPED.length()), more);
                            }
                        });
        return grown;
    }

    private void bar(String what, double figure, double limit, String unit) {
        base.results().add(new Bar("overload, " + what, figure, limit, unit));
    }

    /** Asks for the server's health all the time. */
    private static final class Probe implements AutoCloseable {

        private final SluiceServer server;
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final Thread thread = Thread.ofVirtual().unstarted(this::repeat);
        private volatile int asked;
        private volatile int answered;
        private volatile double worstMillis;

        Probe(SluiceServer server) {
            this.server = server;
            thread.start();
        }

        private void repeat() {
            try {
                while (!isOver.get()) {
                    ask();
                    Thread.sleep(PROBE_MILLIS);
                }
            } catch (InterruptedException e) {
                // It is over.
            }
        }

        private void ask() throws InterruptedException {
            long startNanos = System.nanoTime();
            asked = asked + 1;
            try {
                server.get("/health");
                answered = answered + 1;
                double millis = (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
                worstMillis = Math.max(worstMillis, millis);
            } catch (IOException e) {
                // Counted as not answered.
            }
        }

        /** Not a number where an answer did not come at all. */
        double worst() {
            return asked == answered ? worstMillis : Double.NaN;
        }

        @Override
        public void close() throws InterruptedException {
            isOver.set(true);
            thread.join();
        }
    }
}
