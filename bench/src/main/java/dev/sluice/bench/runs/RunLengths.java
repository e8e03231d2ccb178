package dev.sluice.bench.runs;

import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Child;
import dev.sluice.bench.process.Workplace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures one stream after the other, each without equalising and with it. */
final class RunLengths {

    private static final long VERSION_SECONDS = 20;

    private final Workplace place;
    private final int warmupSeconds;
    private final int seconds;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();
    private final List<String> notMeasured = new ArrayList<>();

    RunLengths(Workplace place, int warmupSeconds, int seconds) {
        this.place = place;
        this.warmupSeconds = warmupSeconds;
        this.seconds = seconds;
    }

    /** Measures all codecs of the clients that are among these, at each rate. */
    void run(List<Client> clients, List<String> codecs, List<Integer> ratesKbps)
            throws InterruptedException {
        try (Reports reports = Reports.start(place.root().resolve("bench/clients/publish.html"));
                Room plain = Room.open(place, reports, false);
                Room equalizing = Room.open(place, reports, true)) {
            for (Client client : clients) {
                if (isThere(client)) {
                    measure(client, wishes(client, codecs, ratesKbps), plain, equalizing);
                }
            }
        }
    }

    private boolean isThere(Client client) throws InterruptedException {
        var missing = client.missing(place);
        missing.ifPresent(what -> notMeasured.add(client.name() + " is not installed: " + what));
        if (missing.isEmpty()) {
            versions.add(version(client));
        }
        return missing.isEmpty();
    }

    private String version(Client client) throws InterruptedException {
        List<String> command = client.versionCommand(place);
        try (Child child = Child.start(command, Map.of(), place.emptyFile("version.log"))) {
            child.await(VERSION_SECONDS);
            return child.tail().lines().reduce("", (first, last) -> last).strip();
        }
    }

    private static List<Wish> wishes(Client client, List<String> codecs, List<Integer> ratesKbps) {
        return client.codecs().stream()
                .filter(codec -> codecs.isEmpty() || codecs.contains(codec))
                .flatMap(codec -> ratesKbps.stream().map(kbps -> new Wish(codec, kbps)))
                .toList();
    }

    private void measure(Client client, List<Wish> wishes, Room plain, Room equalizing)
            throws InterruptedException {
        for (Wish wish : wishes) {
            System.err.println(client.name() + ", " + wish);
            try {
                Figures without = plain.measure(client, wish, warmupSeconds, seconds);
                Figures with = equalizing.measure(client, wish, warmupSeconds, seconds);
                rows.add(new Row(client, wish, without, with));
            } catch (BenchException e) {
                notMeasured.add(client.name() + ", " + wish + ": " + e.getMessage());
            }
        }
    }

    List<Row> rows() {
        return rows;
    }

    /** As the clients tell them. */
    List<String> versions() {
        return versions;
    }

    /** What could not be measured, and why. */
    List<String> notMeasured() {
        return notMeasured;
    }
}
