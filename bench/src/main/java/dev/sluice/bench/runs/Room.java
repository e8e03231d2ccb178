package dev.sluice.bench.runs;

import dev.sluice.bench.process.Addresses;
import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Child;
import dev.sluice.bench.process.Workplace;
import dev.sluice.bench.run.MetricsText;
import dev.sluice.bench.run.SluiceServer;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server with one publisher and one viewer at a time, which measures what the viewer is sent. */
final class Room implements AutoCloseable {

    private static final int JOIN_SECONDS = 20;
    private static final int POLL_MILLIS = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Packets to the viewer that show that it is there. */
    private static final int FLOWING = 20;

    private final Workplace place;
    private final Reports reports;
    private final SluiceServer server;
    private final int mediaPort;
    private int streams;

    private Room(Workplace place, Reports reports, SluiceServer server, int mediaPort) {
        this.place = place;
        this.reports = reports;
        this.server = server;
        this.mediaPort = mediaPort;
    }

    /** Starts a server. Media has an address that Firefox takes, as loopback is none. */
    static Room open(Workplace place, Reports reports, boolean isEqualizing)
            throws InterruptedException {
        int mediaPort = Workplace.freePort();
        Map<String, String> variables =
                Map.of(
                        "SLUICE_MEDIA_LISTEN", Addresses.notLoopback().getHostAddress(),
                        "SLUICE_MEDIA_PORT", Integer.toString(mediaPort),
                        "SLUICE_MEDIA_BATCHING_SEGMENTATION", "true",
                        "SLUICE_MEDIA_BATCHING_EQUALIZE", Boolean.toString(isEqualizing));
        String name = isEqualizing ? "equalizing" : "plain";
        return new Room(
                place,
                reports,
                SluiceServer.start(place, name, "auto", variables, List.of()),
                mediaPort);
    }

    /**
     * Has a client publish and one viewer watch.
     *
     * @throws BenchException when they do not; its message says why
     */
    Figures measure(Client client, Wish wish, int warmupSeconds, int seconds)
            throws InterruptedException {
        String stream = "run-" + streams++;
        reports.clear();
        String whip = server.base() + "/whip/" + stream;
        try (Child publisher = client.start(place, reports.base(), whip, wish)) {
            awaitPublishing(publisher);
            try (Child viewer = watch(stream, wish, JOIN_SECONDS + warmupSeconds + 2 * seconds)) {
                awaitFlow(viewer);
                Thread.sleep(warmupSeconds * 1000L);
                return figures(seconds);
            }
        }
    }

    private void awaitPublishing(Child publisher) throws InterruptedException {
        String report = reports.await(JOIN_SECONDS);
        if (report == null) {
            throw new BenchException("does not say whether it publishes:\n" + publisher.tail());
        }
        if (!report.equals(Reports.PUBLISHING)) {
            throw new BenchException(report);
        }
    }

    private Child watch(String stream, Wish wish, int seconds) {
        List<String> options =
                List.of(
                        "load",
                        "--whep=" + server.base() + "/whep/" + stream,
                        "--publishers=0",
                        "--streams=1",
                        "--subscribers=1",
                        "--codec=" + wish.codec().toLowerCase(Locale.ROOT),
                        "--verify=none",
                        "--seconds=" + seconds);
        return Child.start(
                place.sluice(List.of(), options), Map.of(), place.emptyFile("viewer.log"));
    }

    private void awaitFlow(Child viewer) throws InterruptedException {
        double before = packetsOut();
        for (int i = 0; i < JOIN_SECONDS * 1000 / POLL_MILLIS && viewer.isAlive(); i++) {
            if (packetsOut() - before >= FLOWING) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new BenchException(
                "publishes, but the viewer gets nothing; --keep leaves viewer.log");
    }

    private double packetsOut() throws InterruptedException {
        return server.metrics().sum("sluice_rtp_packets_total", "direction=\"out\"");
    }

    private Figures figures(int seconds) throws InterruptedException {
        try (Tap tap = Tap.open(place, mediaPort)) {
            MetricsText before = server.metrics();
            long from = System.nanoTime();
            Thread.sleep(seconds * 1000L);
            MetricsText after = server.metrics();
            double span = (System.nanoTime() - from) / NANOS_PER_SECOND;
            return Figures.between(before, after, span, tap.pattern());
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
