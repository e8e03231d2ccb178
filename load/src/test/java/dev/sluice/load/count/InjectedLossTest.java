package dev.sluice.load.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

class InjectedLossTest {

    private static final int PACKETS = 100_000;

    private static InjectedLoss loss(double percent, long seed) {
        return new InjectedLoss(percent, new SplittableRandom(seed));
    }

    @Test
    void dropsTheShareThatWasAskedFor() {
        InjectedLoss loss = loss(3, 1);

        long dropped = IntStream.range(0, PACKETS).filter(_ -> loss.drops()).count();

        assertThat(dropped).isBetween(2_800L, 3_200L).isEqualTo(loss.dropped());
    }

    @Test
    void dropsNothingWithoutLossAndEverythingAtHundredPercent() {
        InjectedLoss none = loss(0, 1);
        InjectedLoss all = loss(100, 1);

        assertThat(IntStream.range(0, 1000).anyMatch(_ -> none.drops())).isFalse();
        assertThat(IntStream.range(0, 1000).allMatch(_ -> all.drops())).isTrue();
    }

    @Test
    void dropsTheSamePacketsWithTheSameSeed() {
        InjectedLoss one = loss(20, 8);
        InjectedLoss same = loss(20, 8);

        assertThat(IntStream.range(0, 1000).allMatch(_ -> one.drops() == same.drops())).isTrue();
        assertThat(one.dropped()).isPositive();
    }
}
