package dev.sluice.bench.rmcat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VideoSourceTest {

    private static final long SECOND = 1_000_000_000;

    private final VideoSource source =
            new VideoSource(new VideoSource.Range(150_000, 1_500_000), 0, 5);

    @Test
    void producesTheTargetOnAverage() {
        source.target(900_000, 0);
        assertThat(meanBps(60 * SECOND)).isBetween(870_000.0, 930_000.0);
    }

    @Test
    void staysWithinItsRange() {
        source.target(10_000_000, 0);
        assertThat(source.rateBps()).isEqualTo(1_500_000);
        source.target(1, SECOND);
        assertThat(source.rateBps()).isEqualTo(150_000);
    }

    @Test
    void followsATargetOnlyAfterItsLatency() {
        source.target(500_000, 0);
        source.target(1_000_000, SECOND / 10);
        assertThat(source.rateBps()).isEqualTo(500_000);
        source.target(1_000_000, SECOND / 5);
        assertThat(source.rateBps()).isEqualTo(1_000_000);
    }

    @Test
    void beginsWithAKeyFrameThatTheFramesBehindItMakeUpFor() {
        source.target(900_000, 0);
        long meanFrameBytes = 900_000 / 8 / 30;
        long keyFrameBytes = source.nextFrameBytes();
        long sum = keyFrameBytes;
        for (int i = 1; i < 8; i++) {
            sum += source.nextFrameBytes();
        }
        assertThat(keyFrameBytes).isGreaterThan(2 * meanFrameBytes);
        assertThat(sum).isBetween(6 * meanFrameBytes, 10 * meanFrameBytes);
    }

    private double meanBps(long untilNanos) {
        long bytes = 0;
        while (source.nextFrameNanos() < untilNanos) {
            bytes += source.nextFrameBytes();
        }
        return bytes * 8e9 / untilNanos;
    }
}
