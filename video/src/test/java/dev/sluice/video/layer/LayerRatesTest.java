package dev.sluice.video.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.Codec;

import org.junit.jupiter.api.Test;

class LayerRatesTest {

    private static final long MILLI = 1_000_000L;
    private static final int[] TEMPORAL = {0, 2, 1, 2};

    private final LayerRates rates = new LayerRates();
    private final PacketLayers layers = new PacketLayers();
    private long nowNanos = -7_000 * MILLI;
    private int pictures;

    /** 25 pictures a second of two spatial and three temporal layers, 100 and 300 bytes each. */
    private void run(int millis) {
        for (int i = 0; i < millis / 40; i++) {
            for (int spatial = 0; spatial < 2; spatial++) {
                layers.clear(Codec.VP9, false);
                layers.spatialId = spatial;
                layers.temporalId = TEMPORAL[pictures % 4];
                rates.onPacket(layers, pictures * 3600L, spatial == 0 ? 100 : 300, nowNanos);
            }
            pictures++;
            nowNanos += 40 * MILLI;
        }
    }

    @Test
    void aLayerTakesWhatAllBelowItTake() {
        run(4_000);
        assertThat(rates.spatialLayers()).isEqualTo(2);
        assertThat(rates.temporalLayers()).isEqualTo(3);
        assertThat(rates.bps(1, 2, nowNanos)).isBetween(76_000L, 84_000L);
        assertThat(rates.bps(0, 2, nowNanos)).isBetween(19_000L, 21_000L);
        assertThat(rates.bps(0, 0, nowNanos)).isBetween(4_000L, 6_000L);
        assertThat(rates.bps(1, 1, nowNanos)).isBetween(36_000L, 44_000L);
        assertThat(rates.framesPerSecond(2, nowNanos)).isBetween(24.0, 26.0);
        assertThat(rates.framesPerSecond(1, nowNanos)).isBetween(11.5, 13.5);
    }

    @Test
    void theFirstSecondIsNotTakenForAWholeOne() {
        run(400);
        assertThat(rates.bps(1, 2, nowNanos)).isBetween(70_000L, 90_000L);
    }

    @Test
    void whatStopsDiesWithinASecond() {
        run(2_000);
        assertThat(rates.isAlive(1, 0, nowNanos + 800 * MILLI)).isTrue();
        assertThat(rates.isAlive(1, 0, nowNanos + 1_000 * MILLI)).isFalse();
        assertThat(rates.bps(1, 2, nowNanos + 1_000 * MILLI)).isZero();
        nowNanos += 10_000 * MILLI;
        run(1_000);
        assertThat(rates.bps(1, 2, nowNanos)).isBetween(70_000L, 90_000L);
    }

    @Test
    void nothingIsAliveBeforeTheFirstPacket() {
        assertThat(rates.isAlive(0, 0, nowNanos)).isFalse();
        assertThat(rates.bps(7, 7, nowNanos)).isZero();
        assertThat(rates.framesPerSecond(7, nowNanos)).isZero();
    }
}
