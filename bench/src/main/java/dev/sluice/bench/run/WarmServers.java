package dev.sluice.bench.run;

import dev.sluice.bench.process.Workplace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Servers that live through the whole run, one for each provider of ciphers: the JVM has compiled
 * what forwarding needs, as it has in any server that is some minutes old.
 */
final class WarmServers implements AutoCloseable {

    /** Each step of forwarding runs some hundred thousand times. */
    private static final LoadSpan WARMING = new LoadSpan(1, 20, 50);

    private final Workplace place;
    private final LoadTool load;
    private final Map<String, SluiceServer> servers = new HashMap<>();

    WarmServers(Workplace place) {
        this.place = place;
        this.load = new LoadTool(place);
    }

    /** The server of the provider, started and warmed up where it is not there yet. */
    SluiceServer of(String provider) throws InterruptedException {
        SluiceServer known = servers.get(provider);
        if (known != null && known.isAlive()) {
            return known;
        }
        SluiceServer server =
                SluiceServer.start(
                        place, "sluice-" + provider, provider, Map.of(), List.of(Jcmd.TRACKING));
        servers.put(provider, server);
        warmUp(server);
        return server;
    }

    /** The server of the provider that Sluice chooses by itself. */
    SluiceServer usual() throws InterruptedException {
        return of(Subject.DEFAULT_PROVIDER);
    }

    private void warmUp(SluiceServer server) throws InterruptedException {
        System.err.println("warming up " + server.name());
        for (String id : List.of(Scenario.MAIN, Scenario.MEETING)) {
            LoadTool.Run run = LoadTool.Run.against(server).of(Scenario.named(id));
            try (var running = load.start(WARMING.applyTo(run), "warm-up", _ -> {})) {
                LoadFigures _ = running.figures();
            }
        }
    }

    @Override
    public void close() {
        servers.values().forEach(SluiceServer::close);
    }
}
