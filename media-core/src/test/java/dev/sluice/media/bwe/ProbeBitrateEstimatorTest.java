package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProbeBitrateEstimatorTest {

    private static final long MILLI = 1_000_000L;

    private final ProbeBitrateEstimator estimator = new ProbeBitrateEstimator();
    private final Results results = new Results();

    @Test
    void aProbeThatFitsMeasuresItsOwnRate() {
        probe(1);
        // 1000 bytes each 8 ms: 1 Mbit/s
        assertThat(measure(1, 5, 8, 8, 0)).isEqualTo(1_000_000);
    }

    @Test
    void aProbeThatFitsMeasuresItsOwnRateWhateverTheSizesOfItsPackets() {
        estimator.onProbe(new Probe(1, 1_000_000, 5, 2_800));
        results.next();
        int[] sizes = {1170, 1053, 1053, 323, 323};
        long nanos = 0;
        for (int size : sizes) {
            results.received(nanos, nanos, size, 1);
            nanos += size * 8_000L; // at 1 Mbit/s
        }
        assertThat(estimator.onResults(results.sorted(), 0)).isEqualTo(1_000_000);
    }

    @Test
    void aProbeThatFillsTheLinkMeasuresALittleLessThanItsCapacity() {
        probe(1);
        assertThat(measure(1, 5, 4, 8, 0)).isEqualTo(950_000);
    }

    @Test
    void jitterMakesTheResultCautious() {
        probe(1);
        long rate = measure(1, 5, 8, 8, 8 * MILLI);
        assertThat(rate).isCloseTo(800_000, within(1_000L));
    }

    @Test
    void tooFewPacketsMeasureNothing() {
        probe(1);
        assertThat(measure(1, 3, 8, 8, 0)).isEqualTo(ProbeBitrateEstimator.UNKNOWN);
    }

    @Test
    void arrivalsTwiceAsFastAsSendingMeasureNothing() {
        probe(1);
        assertThat(measure(1, 5, 8, 3, 0)).isEqualTo(ProbeBitrateEstimator.UNKNOWN);
    }

    @Test
    void spansOfASecondMeasureNothing() {
        probe(1);
        assertThat(measure(1, 5, 400, 400, 0)).isEqualTo(ProbeBitrateEstimator.UNKNOWN);
        probe(2);
        assertThat(measure(2, 5, 0, 8, 0)).isEqualTo(ProbeBitrateEstimator.UNKNOWN);
    }

    @Test
    void packetsOfUnknownProbesMeasureNothing() {
        assertThat(measure(9, 5, 8, 8, 0)).isEqualTo(ProbeBitrateEstimator.UNKNOWN);
        assertThat(measure(-3, 5, 8, 8, 0)).isEqualTo(ProbeBitrateEstimator.UNKNOWN);
        assertThat(measure(Integer.MIN_VALUE, 5, 8, 8, 0)).isEqualTo(ProbeBitrateEstimator.UNKNOWN);
    }

    @Test
    void theHighestOfSeveralClustersCounts() {
        probe(1);
        probe(2);
        results.next();
        add(1, 5, 8, 8);
        add(2, 5, 4, 4);
        assertThat(estimator.onResults(results.sorted(), 0)).isEqualTo(2_000_000);
    }

    private void probe(int id) {
        estimator.onProbe(new Probe(id, 1_000_000, 5, 4_000));
    }

    private long measure(int id, int packets, long sendMillis, long receiveMillis, long scatter) {
        results.next();
        add(id, packets, sendMillis, receiveMillis);
        return estimator.onResults(results.sorted(), scatter);
    }

    private void add(int id, int packets, long sendMillis, long receiveMillis) {
        for (int i = 0; i < packets; i++) {
            results.received(i * sendMillis * MILLI, i * receiveMillis * MILLI, 1_000, id);
        }
    }
}
