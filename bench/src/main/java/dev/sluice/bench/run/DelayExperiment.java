package dev.sluice.bench.run;

import java.util.concurrent.TimeUnit;

/**
 * The forwarding delay over minutes, while the server is half busy with meetings. A large
 * livestream would tell something else: how long one frame takes to all of its viewers.
 */
final class DelayExperiment {

    static final String ID = "delay";
    static final int FULL_MINUTES = 10;

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
        SluiceServer server = base.servers().usual();
        Scenario scenario =
                Scenario.named(Scenario.MEETING)
                        .withPublishers(ID, base.meetingPublishersFor(CORES));
        LoadSpan span = usual.withSeconds((int) TimeUnit.MINUTES.toSeconds(minutes));
        LoadTool.Run run = span.applyTo(LoadTool.Run.against(server).of(scenario));
        long gcLines = server.gcLines();
        try (var running = base.load().start(run, ID, _ -> {})) {
            judge(scenario, running.figures(), server.gcPauses(gcLines));
        }
    }

    private void judge(Scenario scenario, LoadFigures figures, GcPauses gc) {
        base.remark(
                "Delay over %d minutes%s, %d cameras with sound to %d viewers each, server at %.0f"
                        + " %% of a core, load tool at %.0f %%: p50 %.2f p99 %.2f p99.9 %.2f max"
                        + " %.1f ms; %d collector pauses, the longest %.3f ms; longest safepoint"
                        + " %.3f ms; %d allocation stalls",
                minutes,
                minutes < FULL_MINUTES ? " (shorter than the 10 that count)" : "",
                scenario.publishers(),
                scenario.viewersEach(),
                figures.cpuPercent(),
                figures.generatorCpuPercent(),
                figures.delayP50Millis(),
                figures.delayP99Millis(),
                figures.delayP999Millis(),
                figures.delayMaxMillis(),
                gc.pauses(),
                gc.worstMillis(),
                gc.worstSafepointMillis(),
                gc.stalls());
        bar("p50", figures.delayP50Millis(), P50_MILLIS);
        bar("p99", figures.delayP99Millis(), P99_MILLIS);
        bar("p99.9", figures.delayP999Millis(), P999_MILLIS);
        bar("longest collector pause", gc.worstMillis(), PAUSE_MILLIS);
    }

    private void bar(String what, double figure, double limit) {
        base.results().add(new Bar("delay at half of one core, " + what, figure, limit, "ms"));
    }
}
