package dev.sluice.bench.run;

import dev.sluice.bench.process.Workplace;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Servers that live through the whole run, one for each way in which they are set. Before a server
 * is given out for a scenario for the first time, it is warmed up by it.
 */
final class WarmServers implements AutoCloseable {

    private final Workplace place;
    private final WarmUp warmUp;
    private final Map<String, SluiceServer> servers = new HashMap<>();
    private final Set<Warmed> warmed = new HashSet<>();

    private record Warmed(SluiceServer server, String scenario) {}

    WarmServers(Workplace place) {
        this.place = place;
        this.warmUp = new WarmUp(new LoadTool(place));
    }

    /** The server of the provider. */
    SluiceServer of(String provider, Scenario scenario) throws InterruptedException {
        return warm("sluice-" + provider, provider, Map.of(), scenario);
    }

    /** A server that has so many loops, though it has one core. */
    SluiceServer ofLoops(int loops, Scenario scenario) throws InterruptedException {
        Map<String, String> variables = Map.of("SLUICE_MEDIA_LOOPS", Integer.toString(loops));
        return warm("sluice-loops-" + loops, Subject.DEFAULT_PROVIDER, variables, scenario);
    }

    /** A server whose pacer lets everything go at once. */
    SluiceServer unpaced(Scenario scenario) throws InterruptedException {
        Map<String, String> variables = Map.of("SLUICE_MEDIA_PACING_ENABLED", "false");
        return warm("sluice-unpaced", Subject.DEFAULT_PROVIDER, variables, scenario);
    }

    /** The server of the provider that Sluice chooses by itself. */
    SluiceServer usual(Scenario scenario) throws InterruptedException {
        return of(Subject.DEFAULT_PROVIDER, scenario);
    }

    private SluiceServer warm(
            String name, String provider, Map<String, String> variables, Scenario scenario)
            throws InterruptedException {
        SluiceServer server = started(name, provider, variables);
        if (warmed.add(new Warmed(server, scenario.id()))) {
            warmUp.run(server, scenario);
        }
        return server;
    }

    private SluiceServer started(String name, String provider, Map<String, String> variables)
            throws InterruptedException {
        SluiceServer known = servers.get(name);
        if (known != null && known.isAlive()) {
            return known;
        }
        SluiceServer server =
                SluiceServer.start(place, name, provider, variables, List.of(Jcmd.TRACKING));
        servers.put(name, server);
        return server;
    }

    @Override
    public void close() {
        servers.values().forEach(SluiceServer::close);
    }
}
