package dev.sluice.server.metrics;

import dev.sluice.media.stats.DelayHistogram;
import dev.sluice.media.stats.DelaySnapshot;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

import java.util.List;

/** Exports the loops' own histograms as one; the packet's way only adds to an array. */
final class ForwardingDelayCollector implements Collector {

    private static final String NAME = "sluice_forwarding_delay_seconds";

    private final List<DelayHistogram> histograms;

    /** All with the same bounds. */
    ForwardingDelayCollector(List<DelayHistogram> histograms) {
        this.histograms = histograms;
    }

    @Override
    public MetricSnapshot collect() {
        List<DelaySnapshot> now = histograms.stream().map(DelayHistogram::snapshot).toList();
        DelaySnapshot first = now.getFirst();
        var buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (int i = 0; i < first.buckets(); i++) {
            int bucket = i;
            long upTo = now.stream().mapToLong(one -> one.countUpTo(bucket)).sum();
            buckets.bucket(first.upperBoundNanos(i) / 1e9, upTo - below);
            below = upTo;
        }
        long count = now.stream().mapToLong(DelaySnapshot::count).sum();
        buckets.bucket(Double.POSITIVE_INFINITY, count - below);
        return HistogramSnapshot.builder()
                .name(NAME)
                .help("From the receipt of a batch to the sending of what it caused")
                .dataPoint(
                        HistogramSnapshot.HistogramDataPointSnapshot.builder()
                                .classicHistogramBuckets(buckets.build())
                                .sum(now.stream().mapToLong(DelaySnapshot::sumNanos).sum() / 1e9)
                                .build())
                .build();
    }
}
