package dev.sluice.bench.run;

import java.util.concurrent.TimeUnit;

/**
 * The forwarding delay over minutes, while the server is half busy with meetings. A large
 * livestream would tell something else: how long one frame takes to all of its viewers.
 */
final class DelayExperiment {

    static final String ID = "delay";
    static final int FULL_MINUTES = 10;

    /** How much of the time is spent without the pacer. */
    private static final int UNPACED_SHARE = 5;

    private static final double CORES = 0.5;
    private static final double P50_MILLIS = 0.3;
    private static final double P99_MILLIS = 1;
    private static final double P999_MILLIS = 5;
    private static final double PAUSE_MILLIS = 1;

    private final Experiment base;
    private final int minutes;

    DelayExperiment(Experiment base, int minutes) {
        this.base = base;
        this.minutes = minutes;
    }

    void run(LoadSpan usual) throws InterruptedException {
        Scenario scenario = base.meetingsFor(ID, CORES);
        LoadSpan full = usual.withSeconds((int) TimeUnit.MINUTES.toSeconds(minutes));
        judge(measure("as it is", base.servers().usual(scenario), scenario, full));
        // The pacer spreads key frames on purpose: without it the figure is the server's own.
        measure(
                "without pacing",
                base.servers().unpaced(scenario),
                scenario,
                full.shorter(UNPACED_SHARE));
    }

    private Delay measure(String what, SluiceServer server, Scenario scenario, LoadSpan span)
            throws InterruptedException {
        LoadTool.Run run = span.applyTo(LoadTool.Run.against(server).of(scenario));
        long gcLines = server.gcLines();
        try (var running = base.load().start(run, ID, _ -> {})) {
            Delay delay = new Delay(running.figures(), server.gcPauses(gcLines));
            tell(what, scenario, span, delay);
            return delay;
        }
    }

    private record Delay(LoadFigures load, GcPauses gc) {}

    private void tell(String what, Scenario scenario, LoadSpan span, Delay delay) {
        LoadFigures load = delay.load();
        GcPauses gc = delay.gc();
        base.remark(
                "Delay %s, %d s (%d minutes count), %d cameras with sound to %d viewers each,"
                        + " server at %.0f %% of a core, load tool at %.0f %%: p50 %.2f p99 %.2f"
                        + " p99.9 %.2f max %.1f ms; %d collector pauses, the longest %.3f ms;"
                        + " longest safepoint %.3f ms; %d allocation stalls",
                what,
                span.seconds(),
                FULL_MINUTES,
                scenario.publishers(),
                scenario.viewersEach(),
                load.cpuPercent(),
                load.generatorCpuPercent(),
                load.delayP50Millis(),
                load.delayP99Millis(),
                load.delayP999Millis(),
                load.delayMaxMillis(),
                gc.pauses(),
                gc.worstMillis(),
                gc.worstSafepointMillis(),
                gc.stalls());
    }

    private void judge(Delay delay) {
        bar("p50", delay.load().delayP50Millis(), P50_MILLIS);
        bar("p99", delay.load().delayP99Millis(), P99_MILLIS);
        bar("p99.9", delay.load().delayP999Millis(), P999_MILLIS);
        bar("longest collector pause", delay.gc().worstMillis(), PAUSE_MILLIS);
    }

    private void bar(String what, double figure, double limit) {
        base.results().add(new Bar("delay at half of one core, " + what, figure, limit, "ms"));
    }
}
