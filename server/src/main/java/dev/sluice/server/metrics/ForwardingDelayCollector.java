package dev.sluice.server.metrics;

import dev.sluice.media.stats.DelayHistogram;
import dev.sluice.media.stats.DelaySnapshot;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/** Exports the loop's own histogram; the packet's way only adds to an array. */
final class ForwardingDelayCollector implements Collector {

    private static final String NAME = "sluice_forwarding_delay_seconds";

    private final DelayHistogram histogram;

    ForwardingDelayCollector(DelayHistogram histogram) {
        this.histogram = histogram;
    }

    @Override
    public MetricSnapshot collect() {
        DelaySnapshot now = histogram.snapshot();
        var buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (int i = 0; i < now.buckets(); i++) {
            buckets.bucket(now.upperBoundNanos(i) / 1e9, now.countUpTo(i) - below);
            below = now.countUpTo(i);
        }
        buckets.bucket(Double.POSITIVE_INFINITY, now.count() - below);
        return HistogramSnapshot.builder()
                .name(NAME)
                .help("From the receipt of a batch to the sending of what it caused")
                .dataPoint(
                        HistogramSnapshot.HistogramDataPointSnapshot.builder()
                                .classicHistogramBuckets(buckets.build())
                                .sum(now.sumNanos() / 1e9)
                                .build())
                .build();
    }
}
