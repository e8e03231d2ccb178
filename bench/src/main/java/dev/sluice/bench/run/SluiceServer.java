package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Child;
import dev.sluice.bench.process.ServerUnderTest;
import dev.sluice.bench.process.Workplace;
import dev.sluice.load.report.ProcessSample;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sluice on loopback, with the JVM's options of its users and a log of the collector. */
public final class SluiceServer implements ServerUnderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int START_SECONDS = 30;
    private static final int POLL_MILLIS = 100;
    private static final String LOOPBACK = "127.0.0.1";

    /** What the scenarios need; a thousand would refuse a thousand viewers and their publisher. */
    private static final Map<String, String> LIMITS =
            Map.of(
                    "SLUICE_LIMITS_MAX_SESSIONS", "20000",
                    "SLUICE_LIMITS_MAX_HANDSHAKES", "1000");

    private final String name;
    private final Child child;
    private final int port;
    private final Path gcLog;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private SluiceServer(String name, Child child, int port, Path gcLog) {
        this.name = name;
        this.child = child;
        this.port = port;
        this.gcLog = gcLog;
    }

    /**
     * Starts the server and waits until it is ready.
     *
     * @param name of its logs
     * @param provider of SRTP's ciphers; {@link Subject#DEFAULT_PROVIDER} leaves it to the server
     * @param variables more of its configuration
     * @param jvmOptions more of the JVM's
     */
    public static SluiceServer start(
            Workplace place,
            String name,
            String provider,
            Map<String, String> variables,
            List<String> jvmOptions)
            throws InterruptedException {
        Path gcLog = place.emptyFile(name + "-gc.log");
        int port = Workplace.freePort();
        Map<String, String> all = new HashMap<>(LIMITS);
        all.put("SLUICE_HTTP_LISTEN", LOOPBACK);
        all.put("SLUICE_HTTP_PORT", Integer.toString(port));
        all.put("SLUICE_MEDIA_LISTEN", LOOPBACK);
        all.put("SLUICE_MEDIA_PORT", Integer.toString(Workplace.freePort()));
        if (!provider.equals(Subject.DEFAULT_PROVIDER)) {
            all.put("SLUICE_SRTP_PROVIDER", provider);
        }
        all.putAll(variables);
        List<String> options = new ArrayList<>(List.of(GcPauses.option(gcLog)));
        options.addAll(jvmOptions);
        Child child =
                Child.start(
                        place.cores().forServer(place.sluice(options, List.of("run"))),
                        all,
                        place.emptyFile(name + ".log"));
        SluiceServer server = new SluiceServer(name, child, port, gcLog);
        server.awaitReady();
        return server;
    }

    private void awaitReady() throws InterruptedException {
        for (int i = 0; i < START_SECONDS * 1000 / POLL_MILLIS && child.isAlive(); i++) {
            if (isReady()) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
        close();
        throw new BenchException("Sluice does not start:\n" + child.tail());
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/ready").statusCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Asks the server by HTTP.
     *
     * @throws IOException when it does not answer within five seconds
     */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base() + path)).timeout(PATIENCE).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Reads {@code /metrics}. */
    public MetricsText metrics() throws InterruptedException {
        try {
            return new MetricsText(get("/metrics").body());
        } catch (IOException e) {
            throw new BenchException("Sluice does not tell its metrics: " + e, e);
        }
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return child.isAlive();
    }

    /** Lines of the collector's log so far. */
    long gcLines() {
        return GcPauses.lines(gcLog);
    }

    /** What the collector did since its log had so many lines. */
    GcPauses gcPauses(long sinceLine) {
        return GcPauses.read(gcLog, sinceLine);
    }

    /** Resident memory. */
    long rssBytes() {
        return ProcessSample.of(pid()).map(ProcessSample::rssBytes).orElse(0L);
    }

    @Override
    public long pid() {
        return child.pid();
    }

    /** The address of its HTTP side. */
    public String base() {
        return "http://" + LOOPBACK + ":" + port;
    }

    @Override
    public String whip() {
        return base() + "/whip/bench-{n}";
    }

    @Override
    public String whep() {
        return base() + "/whep/bench-{n}";
    }

    @Override
    public void close() {
        http.shutdownNow();
        child.close();
    }
}
