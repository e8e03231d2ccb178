package dev.sluice.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FloorLoadTest {

    /** 10,000 packets in 10 s: 100 a second to each of ten viewers, 40 bursts of 2.5. */
    @Test
    void pausesForAsLongAsTheTrialDidBetweenTwoBurstsToAViewer() {
        Trial trial = trial(new SendRuns(2500, 2500, 1000));

        FloorLoad load = FloorLoad.of(trial);

        assertThat(load.viewers()).isEqualTo(10);
        assertThat(load.burst()).isEqualTo(2.5);
        assertThat(load.intervalMillis()).isEqualTo(25);
        assertThat(load.withoutPauses().intervalMillis()).isZero();
        assertThat(load.isKnown()).isTrue();
    }

    @Test
    void isUnknownWhereTheServerDoesNotTellItsBursts() {
        assertThat(FloorLoad.of(trial(null)).isKnown()).isFalse();
    }

    private static Trial trial(@Nullable SendRuns sends) {
        return Trial.of(
                Scenario.named("livestream-600-10"),
                Subject.OF_SLUICE,
                1,
                Figures.load(1000),
                new SpanFigures(sends, 0, ThreadTimes.NONE));
    }
}
