package dev.sluice.bench.run;

import dev.sluice.bench.process.Workplace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Servers that live through the whole run, one for each way in which they are set: the JVM has
 * compiled what forwarding needs, as it has in any server that is some minutes old.
 */
final class WarmServers implements AutoCloseable {

    /** The JVM's compiler rests after about 100 s of this, as measured. */
    private static final LoadSpan COMPILING = new LoadSpan(1, 100, 50);

    /** What the meeting has more. */
    private static final LoadSpan COMPLETING = new LoadSpan(1, 40, 50);

    private final Workplace place;
    private final LoadTool load;
    private final Map<String, SluiceServer> servers = new HashMap<>();

    WarmServers(Workplace place) {
        this.place = place;
        this.load = new LoadTool(place);
    }

    /** The server of the provider, started and warmed up where it is not there yet. */
    SluiceServer of(String provider) throws InterruptedException {
        return of("sluice-" + provider, provider, Map.of());
    }

    /** A server that has so many loops, though it has one core. */
    SluiceServer ofLoops(int loops) throws InterruptedException {
        return of(
                "sluice-loops-" + loops,
                Subject.DEFAULT_PROVIDER,
                Map.of("SLUICE_MEDIA_LOOPS", Integer.toString(loops)));
    }

    /** A server whose pacer lets everything go at once. */
    SluiceServer unpaced() throws InterruptedException {
        return of(
                "sluice-unpaced",
                Subject.DEFAULT_PROVIDER,
                Map.of("SLUICE_MEDIA_PACING_ENABLED", "false"));
    }

    private SluiceServer of(String name, String provider, Map<String, String> variables)
            throws InterruptedException {
        SluiceServer known = servers.get(name);
        if (known != null && known.isAlive()) {
            return known;
        }
        SluiceServer server =
                SluiceServer.start(place, name, provider, variables, List.of(Jcmd.TRACKING));
        servers.put(name, server);
        warmUp(server);
        return server;
    }

    /** The server of the provider that Sluice chooses by itself. */
    SluiceServer usual() throws InterruptedException {
        return of(Subject.DEFAULT_PROVIDER);
    }

    private void warmUp(SluiceServer server) throws InterruptedException {
        System.err.println("warming up " + server.name());
        warmUp(server, Scenario.MAIN, COMPILING);
        warmUp(server, Scenario.MEETING, COMPLETING);
    }

    private void warmUp(SluiceServer server, String scenario, LoadSpan span)
            throws InterruptedException {
        LoadTool.Run run = LoadTool.Run.against(server).of(Scenario.named(scenario));
        try (var running = load.start(span.applyTo(run), "warm-up", _ -> {})) {
            LoadFigures _ = running.figures();
        }
    }

    @Override
    public void close() {
        servers.values().forEach(SluiceServer::close);
    }
}
