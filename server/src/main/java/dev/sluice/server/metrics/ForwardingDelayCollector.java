package dev.sluice.server.metrics;

import dev.sluice.media.stats.DelayHistogram;

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
    public String getPrometheusName() {
        return NAME;
    }

    @Override
    public MetricSnapshot collect() {
        DelayHistogram.Snapshot now = histogram.snapshot();
        var buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < now.counts().length; i++) {
            buckets.bucket(DelayHistogram.upperBoundNanos(i) / 1e9, now.counts()[i]);
        }
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
