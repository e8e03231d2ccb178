package dev.sluice.media.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DelayHistogramTest {

    @Test
    void sortsDelaysIntoBucketsThatIncludeTheirBound() {
        DelayHistogram histogram = new DelayHistogram(10, 20, 50);
        histogram.onDelays(0, 1);
        histogram.onDelays(10, 1);
        histogram.onDelays(11, 1);
        histogram.onDelays(50, 1);
        histogram.onDelays(51, 1);

        DelaySnapshot snapshot = histogram.snapshot();
        assertThat(snapshot.buckets()).isEqualTo(3);
        assertThat(snapshot.upperBoundNanos(1)).isEqualTo(20);
        assertThat(snapshot.countUpTo(0)).isEqualTo(2);
        assertThat(snapshot.countUpTo(1)).isEqualTo(3);
        assertThat(snapshot.countUpTo(2)).isEqualTo(4);
        assertThat(snapshot.count()).isEqualTo(5);
        assertThat(snapshot.sumNanos()).isEqualTo(122);
    }

    @Test
    void aSnapshotDoesNotChangeAfterwards() {
        DelayHistogram histogram = new DelayHistogram();
        histogram.onDelays(1, 1);
        DelaySnapshot snapshot = histogram.snapshot();
        histogram.onDelays(1, 1);

        assertThat(snapshot.count()).isEqualTo(1);
        assertThat(histogram.snapshot().count()).isEqualTo(2);
    }

    @Test
    void aNegativeDelayCountsAsNone() {
        DelayHistogram histogram = new DelayHistogram(10);
        histogram.onDelays(-5, 1);

        assertThat(histogram.snapshot().countUpTo(0)).isEqualTo(1);
        assertThat(histogram.snapshot().sumNanos()).isZero();
    }

    @Test
    void refusesBoundsThatDoNotAscend() {
        assertThatThrownBy(() -> new DelayHistogram(10, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bound 1 is 10 ns");
    }
}
