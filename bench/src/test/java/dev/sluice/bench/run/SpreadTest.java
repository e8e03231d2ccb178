package dev.sluice.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.DoubleStream;

class SpreadTest {

    @Test
    void takesTheMiddleOfAnOddNumber() {
        assertThat(Spread.of(DoubleStream.of(3, 9, 1))).isEqualTo(new Spread(3, 1, 9));
    }

    @Test
    void takesTheMeanOfTheTwoInTheMiddle() {
        assertThat(Spread.of(DoubleStream.of(4, 1, 2, 9))).isEqualTo(new Spread(3, 1, 9));
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        assertThat(Spread.of(DoubleStream.of(Double.NaN, 5)).median()).isEqualTo(5);
        assertThat(Spread.of(DoubleStream.of(Double.NaN)).median()).isNaN();
    }

    @Property
    void halfOfTheFiguresAreOnEachSide(
            @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = -1e6, max = 1e6) Double> all) {
        Spread spread = Spread.of(all.stream().mapToDouble(Double::doubleValue));
        long below = all.stream().filter(figure -> figure < spread.median()).count();
        long above = all.stream().filter(figure -> figure > spread.median()).count();
        assertThat(Math.max(below, above)).isLessThanOrEqualTo(all.size() / 2);
        assertThat(spread.median()).isBetween(spread.least(), spread.most());
    }
}
