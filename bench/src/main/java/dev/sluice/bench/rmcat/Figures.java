package dev.sluice.bench.rmcat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calculates the figures of a test case that has run. */
final class Figures {

    private final Topology topology;
    private final List<Bar> bars = new ArrayList<>();
    private Span[] steady = {};
    private double utilisation = Double.NaN;
    private double jainIndex = Double.NaN;

    Figures(Topology topology) {
        this.topology = topology;
    }

    /** The spans that count for utilisation and waiting, in seconds: from, to, from, to… */
    Figures steady(double... seconds) {
        steady = new Span[seconds.length / 2];
        utilisation = Double.MAX_VALUE;
        for (int i = 0; i < steady.length; i++) {
            steady[i] = new Span(seconds[2 * i], seconds[2 * i + 1]);
            utilisation = Math.min(utilisation, utilisation(steady[i]));
        }
        return this;
    }

    Figures jain(double fromSeconds, double toSeconds) {
        double sum = 0;
        double squares = 0;
        for (Trace trace : topology.mediaTraces()) {
            double rate = trace.rateBps(fromSeconds, toSeconds);
            sum += rate;
            squares += rate * rate;
        }
        jainIndex = sum * sum / (topology.mediaTraces().size() * squares);
        return this;
    }

    /** Requires more than 85 % of the capacity in each of the steady spans. */
    Figures barUtilisation() {
        for (Span span : steady) {
            String name =
                    "utilisation from %.0f to %.0f s"
                            .formatted(span.fromSeconds(), span.toSeconds());
            bars.add(Bar.over(name, 100 * utilisation(span), 85, "%"));
        }
        return this;
    }

    /** Requires that media waits for less than 100 ms in the steady spans. */
    Figures barWaiting() {
        return bar(Bar.under("queuing delay p95", percentile(0.95), 100, "ms"));
    }

    Figures barFairness() {
        return bar(Bar.over("Jain's index", jainIndex, 0.95, ""));
    }

    Figures bar(Bar bar) {
        bars.add(bar);
        return this;
    }

    CaseResult result(String id, String title) {
        return new CaseResult(
                id,
                title,
                utilisation,
                percentile(0.5),
                percentile(0.95),
                worstLoss(),
                jainIndex,
                bars,
                topology);
    }

    /** What media got of the forward capacity. */
    private double utilisation(Span span) {
        double rate = 0;
        for (Trace trace : topology.forwardMedia()) {
            rate += trace.rateBps(span.fromSeconds(), span.toSeconds());
        }
        return rate / topology.forward().rateBps((long) (span.fromSeconds() * 1e9));
    }

    private double percentile(double share) {
        double[] waits =
                topology.mediaTraces().stream()
                        .flatMapToDouble(trace -> Arrays.stream(trace.waitsMillis(steady)))
                        .sorted()
                        .toArray();
        return waits.length == 0 ? Double.NaN : waits[(int) (share * (waits.length - 1))];
    }

    private double worstLoss() {
        return topology.mediaTraces().stream()
                .mapToDouble(trace -> trace.lossRatio(0, topology.durationSeconds()))
                .max()
                .orElse(0);
    }
}
