package dev.sluice.bench.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Viewers come and go, and nothing of them stays. */
final class ChurnExperiment {

    private static final int HOLD_SECONDS = 10;

    /** Before the first look: caches fill, and the JVM starts its threads. */
    private static final double FIRST_SHARE = 0.1;

    private static final int STEADY_VIEWERS = 10;
    private static final int SETTLE_SECONDS = 45;
    private static final double MEBIBYTE = 1 << 20;

    /** The JVM itself has some threads and files more or less. */
    private static final double THREADS = 5;

    private static final double FILES = 5;

    /** Pools grow by chunks of 4 MiB. */
    private static final double DIRECT_MIB = 8;

    private static final double HEAP_MIB = 8;

    private final Experiment base;
    private final int sessions;
    private final int minutes;

    /**
     * @param sessions in all, shared out evenly to the time
     */
    ChurnExperiment(Experiment base, int sessions, int minutes) {
        this.base = base;
        this.sessions = sessions;
        this.minutes = minutes;
    }

    void run() throws InterruptedException {
        try (SluiceServer server =
                SluiceServer.start(
                        base.place(),
                        "sluice-churn",
                        Subject.DEFAULT_PROVIDER,
                        Map.of(),
                        List.of(Jcmd.TRACKING))) {
            long seconds = TimeUnit.MINUTES.toSeconds(minutes);
            LoadFigures _ = churn(server, Math.max(1, (long) (seconds * FIRST_SHARE)));
            Footprint before = emptied(server);
            LoadFigures figures = churn(server, seconds);
            judge(figures, emptied(server).minus(before));
        }
    }

    private LoadFigures churn(SluiceServer server, long seconds) throws InterruptedException {
        double rate = sessions / (double) TimeUnit.MINUTES.toSeconds(minutes);
        LoadTool.Run run =
                LoadTool.Run.against(server)
                        .with("--subscribers", STEADY_VIEWERS)
                        .with("--codec", "vp8,opus")
                        .with("--churn", rate)
                        .with("--hold", HOLD_SECONDS)
                        .with("--seconds", seconds);
        try (var running = base.load().start(run, "churn", base.out()::println)) {
            return running.figures();
        }
    }

    /** Sessions that their clients left without a word are over by then. */
    private static Footprint emptied(SluiceServer server) throws InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        return Footprint.of(server);
    }

    private void judge(LoadFigures figures, Footprint growth) {
        base.remark(
                "Churn of %d sessions in %d minutes: %d clients failed; afterwards threads %+.0f,"
                        + " files %+.0f, heap %+.1f MiB, direct %+.1f MiB, resident %+.1f MiB;"
                        + " room that the heap has taken %+.1f MiB",
                sessions,
                minutes,
                figures.failures(),
                growth.threads(),
                growth.files(),
                growth.heapBytes() / MEBIBYTE,
                growth.directBytes() / MEBIBYTE,
                growth.rssBytes() / MEBIBYTE,
                growth.heapRoomBytes() / MEBIBYTE);
        figures.failureDetails().forEach(why -> base.remark("Churn: a client failed: %s", why));
        bar("failed clients", figures.failures(), 0, "");
        bar("threads more", growth.threads(), THREADS, "");
        bar("files more", growth.files(), FILES, "");
        bar("heap more", growth.heapBytes() / MEBIBYTE, HEAP_MIB, "MiB");
        bar("direct memory more", growth.directBytes() / MEBIBYTE, DIRECT_MIB, "MiB");
    }

    private void bar(String what, double figure, double limit, String unit) {
        base.results().add(new Bar("churn, " + what, figure, limit, unit));
    }
}
