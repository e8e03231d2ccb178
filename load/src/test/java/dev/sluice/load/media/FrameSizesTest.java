package dev.sluice.load.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

class FrameSizesTest {

    private static final int FPS = 30;
    private static final long RATE_BPS = 600_000;
    private static final int MEAN_BYTES = 2500;

    private static FrameSizes sizes(long seed) {
        return new FrameSizes(new SplittableRandom(seed), RATE_BPS, FPS);
    }

    @Test
    void keepsTheRateOverKeyFramesAndOthers() {
        FrameSizes sizes = sizes(1);
        int frames = 300 * FPS;

        long bytes =
                IntStream.range(0, frames)
                        .mapToLong(frame -> sizes.next(frame % (10 * FPS) == 0))
                        .sum();

        assertThat((double) bytes / frames).isCloseTo(MEAN_BYTES, Percentage.withPercentage(2));
    }

    @Test
    void keepsTheRateWhereKeyFramesAreAskedForEachSecond() {
        FrameSizes sizes = sizes(2);
        int frames = 300 * FPS;

        long bytes =
                IntStream.range(0, frames).mapToLong(frame -> sizes.next(frame % FPS == 0)).sum();

        assertThat((double) bytes / frames).isCloseTo(MEAN_BYTES, Percentage.withPercentage(3));
    }

    /** There are too few others to save what key frames of eight times the mean take. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "5, 1", "5, 2", "10, 1"})
    void keepsTheRateAtFewFramesASecond(int framesPerSecond, int gopSeconds) {
        var sizes = new FrameSizes(new SplittableRandom(3), RATE_BPS, framesPerSecond);
        int frames = 300 * framesPerSecond;
        int gop = framesPerSecond * gopSeconds;

        long bytes =
                IntStream.range(0, frames).mapToLong(frame -> sizes.next(frame % gop == 0)).sum();

        assertThat(8.0 * bytes / frames * framesPerSecond)
                .isCloseTo(RATE_BPS, Percentage.withPercentage(4));
    }

    @Test
    void makesKeyFramesManyTimesAsLarge() {
        double mean =
                IntStream.range(0, 500)
                        .mapToLong(seed -> sizes(seed).next(true))
                        .average()
                        .orElse(0);

        assertThat(mean / MEAN_BYTES).isCloseTo(8, within(0.2));
    }

    @Test
    void variesAndRepeatsByItsSeed() {
        FrameSizes one = sizes(5);
        FrameSizes same = sizes(5);
        FrameSizes other = sizes(6);

        int[] first = IntStream.range(0, 50).map(_ -> one.next(false)).toArray();

        assertThat(IntStream.range(0, 50).map(_ -> same.next(false)).toArray()).isEqualTo(first);
        assertThat(IntStream.range(0, 50).map(_ -> other.next(false)).toArray())
                .isNotEqualTo(first);
        assertThat(IntStream.of(first).distinct().count()).isGreaterThan(40);
    }
}
