package dev.sluice.bench.janus;

import dev.sluice.bench.process.Addresses;
import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Child;
import dev.sluice.bench.process.Cores;
import dev.sluice.bench.process.ServerUnderTest;
import dev.sluice.bench.process.Workplace;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Debian's Janus with WHIP and WHEP in front of it. Only Janus is the process that is measured; the
 * gateway is part of the bench, and idle once all have joined.
 */
public final class JanusServer implements ServerUnderTest {

    private static final String PROGRAM = "janus";
    private static final int START_SECONDS = 20;
    private static final int POLL_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Child child;
    private final JanusRooms rooms;
    private final JanusGateway gateway;

    private JanusServer(Child child, JanusRooms rooms, JanusGateway gateway) {
        this.child = child;
        this.rooms = rooms;
        this.gateway = gateway;
    }

    /**
     * Starts Janus on the server's core and waits until it answers.
     *
     * @param eventLoops threads that share the peers; 0: one for each peer
     */
    public static JanusServer start(Workplace place, int eventLoops) throws InterruptedException {
        if (!Cores.isOnPath(PROGRAM)) {
            throw new BenchException(
                    "There is no janus on the PATH (Debian: apt-get install janus); --without janus"
                            + " leaves it out.");
        }
        int port = Workplace.freePort();
        JanusConfig config =
                new JanusConfig(
                        place.file("janus"),
                        port,
                        Addresses.notLoopback().getHostAddress(),
                        eventLoops);
        config.write();
        Child child =
                Child.start(
                        place.cores().forServer(List.of(PROGRAM, "-F", config.folder().toString())),
                        Map.of(),
                        place.emptyFile("janus.log"));
        URI api = URI.create("http://127.0.0.1:" + port + "/janus");
        awaitReady(child, api);
        return open(child, new JanusRooms(api));
    }

    private static JanusServer open(Child child, JanusRooms rooms) {
        try {
            return new JanusServer(child, rooms, new JanusGateway(rooms));
        } catch (IOException e) {
            child.close();
            throw new BenchException("There is no port for the way to Janus: " + e, e);
        }
    }

    private static void awaitReady(Child child, URI api) throws InterruptedException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            for (int i = 0; i < START_SECONDS * 1000 / POLL_MILLIS && child.isAlive(); i++) {
                if (answers(http, api)) {
                    return;
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
        child.close();
        throw new BenchException("Janus does not start:\n" + child.tail());
    }

    private static boolean answers(HttpClient http, URI api) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(api + "/info")).timeout(PATIENCE).build();
            HttpResponse<Void> response =
                    http.send(request, HttpResponse.BodyHandlers.discarding());
            return response.statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public String whip() {
        return gateway.base() + "/whip/bench-{n}";
    }

    @Override
    public String whep() {
        return gateway.base() + "/whep/bench-{n}";
    }

    @Override
    public void close() {
        gateway.close();
        rooms.close();
        child.close();
    }
}
