package dev.sluice.media.seq;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

class SequenceNumbersTest {

    @Test
    void newerGoesTheShortWayRound() {
        assertThat(SequenceNumbers.isNewer(1, 0)).isTrue();
        assertThat(SequenceNumbers.isNewer(0, 65535)).isTrue();
        assertThat(SequenceNumbers.isNewer(65535, 0)).isFalse();
        assertThat(SequenceNumbers.isNewer(7, 7)).isFalse();
    }

    @Test
    void neitherOfTwoNumbersHalfTheSpaceApartIsNewer() {
        assertThat(SequenceNumbers.isNewer(32768, 0)).isFalse();
        assertThat(SequenceNumbers.isNewer(0, 32768)).isFalse();
    }

    @Property
    void distanceLeadsFromOneNumberToTheOther(
            @ForAll @IntRange(max = 65535) int from, @ForAll @IntRange(max = 65535) int to) {
        int distance = SequenceNumbers.distance(from, to);
        assertThat(distance).isBetween(-32768, 32767);
        assertThat((from + distance) & 0xFFFF).isEqualTo(to);
    }
}
