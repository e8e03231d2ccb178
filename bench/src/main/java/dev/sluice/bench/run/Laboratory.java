package dev.sluice.bench.run;

import dev.sluice.bench.janus.JanusServer;
import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.ServerUnderTest;
import dev.sluice.bench.process.Workplace;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.util.Locale;

/** Makes single trials. */
final class Laboratory {

    private final Workplace place;
    private final WarmServers servers;
    private final LoadTool load;
    private final @Nullable Floor floor;
    private final int janusLoops;
    private final PrintStream out;

    /**
     * @param floor null to leave it out
     * @param janusLoops threads of Janus that share the peers; 0: one for each peer
     * @param out takes a line of each trial
     */
    Laboratory(
            Workplace place,
            WarmServers servers,
            @Nullable Floor floor,
            int janusLoops,
            PrintStream out) {
        this.place = place;
        this.servers = servers;
        this.load = new LoadTool(place);
        this.floor = floor;
        this.janusLoops = janusLoops;
        this.out = out;
    }

    boolean hasFloor() {
        return floor != null;
    }

    /** Loads a server; then runs the floor with the same bursts. */
    Trial run(Scenario scenario, Subject subject, int round, LoadSpan span)
            throws InterruptedException {
        Trial trial =
                subject.isSluice()
                        ? runSluice(scenario, subject, round, span)
                        : runJanus(scenario, subject, round, span);
        say(trial);
        return trial;
    }

    private Trial runSluice(Scenario scenario, Subject subject, int round, LoadSpan span)
            throws InterruptedException {
        SluiceServer server = servers.of(subject.provider(), scenario);
        requireProvider(server, subject);
        long gcLines = server.gcLines();
        Trial trial = load(server, server, scenario, subject, round, span);
        Trial whole = trial.withPauses(server.gcPauses(gcLines));
        return whole.withFloor(floorOf(whole));
    }

    /**
     * @param sluice the same server, if it is Sluice
     */
    private Trial load(
            ServerUnderTest server,
            @Nullable SluiceServer sluice,
            Scenario scenario,
            Subject subject,
            int round,
            LoadSpan span)
            throws InterruptedException {
        LoadTool.Run run = span.applyTo(LoadTool.Run.against(server).of(scenario));
        try (MeasuredSpan measured = new MeasuredSpan(sluice, server.pid(), span);
                var running = load.start(run, "load", measured::onProgress)) {
            measured.watch(running.child().pid());
            LoadFigures figures = running.figures();
            return Trial.of(scenario, subject, round, figures, measured.figures());
        }
    }

    /** A figure must not be told of a provider that was not in use. */
    private static void requireProvider(SluiceServer server, Subject subject)
            throws InterruptedException {
        if (subject.provider().equals(Subject.DEFAULT_PROVIDER)) {
            return;
        }
        String label = "provider=\"" + subject.provider() + "\"";
        if (!server.metrics().has("sluice_srtp_provider_info", label)) {
            throw new BenchException(
                    "Sluice was to encrypt with %s, and its metrics do not say that it does"
                            .formatted(subject.provider()));
        }
    }

    private FloorFigures floorOf(Trial trial) throws InterruptedException {
        FloorLoad same = FloorLoad.of(trial);
        return floor == null || !same.isKnown() ? FloorFigures.NONE : floor.figures(same);
    }

    private Trial runJanus(Scenario scenario, Subject subject, int round, LoadSpan span)
            throws InterruptedException {
        try (JanusServer server = JanusServer.start(place, janusLoops)) {
            return load(server, null, scenario, subject, round, span);
        }
    }

    private void say(Trial trial) {
        LoadFigures figures = trial.load();
        out.printf(
                Locale.ROOT,
                "%-22s %-16s round %d: %6.0f ns/packet (loops %s, compiler %s, collector %s), floor"
                    + " %6.0f, with pauses %6.0f, run %.1f, delivered %.1f %%, server %.0f %% CPU,"
                    + " load %.0f %%, others %.0f %%, delay p50 %.2f p99 %.2f ms%n",
                trial.scenario().id(),
                trial.subject().name(),
                trial.round(),
                figures.cpuNanosPerPacket(),
                Numbers.text(trial.loopNanos()),
                Numbers.text(trial.compilerNanos()),
                Numbers.text(trial.collectorNanos()),
                trial.floor().nanos(),
                trial.floor().pausingNanos(),
                trial.meanRun(),
                trial.deliveredPercent(),
                figures.cpuPercent(),
                figures.generatorCpuPercent(),
                trial.othersPercent(),
                figures.delayP50Millis(),
                figures.delayP99Millis());
    }
}
