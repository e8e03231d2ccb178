package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;

import java.util.List;
import java.util.Map;

/** What a viewer takes in memory, one that waits for a publisher and one that watches. */
final class MemoryExperiment {

    static final String ID = "memory";

    private static final int VIEWERS = 300;
    private static final int RATE_KBPS = 600;
    private static final double IDLE_KILOBYTES = 100;
    private static final double ACTIVE_KILOBYTES = 300;
    private static final double BYTES_PER_KILOBYTE = 1000;

    /** Longer than it takes until all have joined and were looked at. */
    private static final int PATIENCE_SECONDS = 120;

    private static final LoadSpan FIRST = new LoadSpan(1, 10, 50);
    private static final int SETTLE_MILLIS = 3000;
    private static final int POLL_MILLIS = 500;

    private final Experiment base;

    MemoryExperiment(Experiment base) {
        this.base = base;
    }

    void run() throws InterruptedException {
        try (SluiceServer server = start()) {
            Footprint empty = emptied(server);
            LoadTool.Run idle =
                    to(server)
                            .with("--publishers", 0)
                            .with("--streams", 1)
                            .with("--join-timeout", PATIENCE_SECONDS);
            judge("idle", perViewer(server, idle, empty), IDLE_KILOBYTES);
        }
        try (SluiceServer server = start()) {
            Footprint empty = emptied(server);
            LoadTool.Run active =
                    to(server)
                            .with("--publishers", 1)
                            .with("--rate", RATE_KBPS)
                            .with("--seconds", PATIENCE_SECONDS);
            judge("active", perViewer(server, active, empty), ACTIVE_KILOBYTES);
        }
    }

    private SluiceServer start() throws InterruptedException {
        return SluiceServer.start(
                base.place(),
                "sluice-memory",
                Subject.DEFAULT_PROVIDER,
                Map.of("SLUICE_WHEP_WAIT_FOR_PUBLISHER", "true"),
                List.of(Jcmd.TRACKING));
    }

    /**
     * What the server takes without sessions, after it has had some: its caches and its code are
     * there. Of direct memory it is that of before, because pools keep what sessions had.
     */
    private Footprint emptied(SluiceServer server) throws InterruptedException {
        Footprint fresh = Footprint.of(server);
        LoadTool.Run run = LoadTool.Run.against(server).of(Scenario.named(Scenario.HUNDRED));
        try (var first = base.load().start(FIRST.applyTo(run), "memory-first", _ -> {})) {
            LoadFigures _ = first.figures();
        }
        Thread.sleep(SETTLE_MILLIS);
        return Footprint.of(server).withDirectBytes(fresh.directBytes());
    }

    private static LoadTool.Run to(SluiceServer server) {
        return LoadTool.Run.against(server)
                .with("--subscribers", VIEWERS)
                .with("--join-rate", FIRST.joinRate());
    }

    private Footprint perViewer(SluiceServer server, LoadTool.Run run, Footprint empty)
            throws InterruptedException {
        double before = connected(server);
        try (var running = base.load().start(run, "memory", _ -> {})) {
            for (int i = 0; connected(server) < before + VIEWERS; i++) {
                if (i > PATIENCE_SECONDS * 1000 / POLL_MILLIS || !running.child().isAlive()) {
                    throw new BenchException("The viewers of the memory test do not connect");
                }
                Thread.sleep(POLL_MILLIS);
            }
            Thread.sleep(SETTLE_MILLIS);
            return Footprint.of(server).minus(empty).per(VIEWERS);
        }
    }

    private static double connected(SluiceServer server) throws InterruptedException {
        return server.metrics().sum("sluice_dtls_handshakes_total", "outcome=\"connected\"");
    }

    private void judge(String kind, Footprint viewer, double limit) {
        base.remark(
                "Memory of one %s viewer (of %d): heap %.0f kB, direct %.0f kB; resident %.0f kB",
                kind,
                VIEWERS,
                viewer.heapBytes() / BYTES_PER_KILOBYTE,
                viewer.directBytes() / BYTES_PER_KILOBYTE,
                viewer.rssBytes() / BYTES_PER_KILOBYTE);
        double held = (viewer.heapBytes() + viewer.directBytes()) / BYTES_PER_KILOBYTE;
        base.results()
                .add(
                        new Bar(
                                "heap and direct memory of one " + kind + " viewer",
                                held,
                                limit,
                                "kB"));
    }
}
