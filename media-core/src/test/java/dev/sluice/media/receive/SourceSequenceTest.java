package dev.sluice.media.receive;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.List;

class SourceSequenceTest {

    private static final int WINDOW = 512;
    private static final long FIRST = SourceSequence.FIRST_CYCLE;

    private final SourceSequence sequence = new SourceSequence(WINDOW);

    @Test
    void extendsThroughMoreThanOneRollover() {
        for (long n = 65_000; n < 200_000; n++) {
            assertThat(original((int) (n & 0xFFFF))).isEqualTo(FIRST + n);
        }
    }

    @Test
    void aPacketFromBeforeTheRolloverKeepsItsCycle() {
        original(65_535);
        original(1);

        assertThat(original(65_534)).isEqualTo(FIRST + 65_534);
        assertThat(original(0)).isEqualTo(FIRST + 65_536);
    }

    @Test
    void aPacketAtTheEndOfTheWindowIsTooOld() {
        original(1000);

        assertThat(original(1000 - WINDOW + 1)).isEqualTo(FIRST + 1000 - WINDOW + 1);
        assertThat(original(1000 - WINDOW)).isEqualTo(SourceSequence.OUTSIDE);
    }

    @Test
    void twoPacketsInSequenceAfterAJumpAreARestart() {
        original(1000);

        assertThat(original(30_000)).isEqualTo(SourceSequence.OUTSIDE);
        assertThat(sequence.restarted()).isFalse();
        assertThat(original(30_001)).isEqualTo(FIRST + 30_001);
        assertThat(sequence.restarted()).isTrue();
        assertThat(original(30_002)).isEqualTo(FIRST + 30_002);
        assertThat(sequence.restarted()).isFalse();
    }

    @Test
    void numbersGrowAtARestartWithALowerNumberToo() {
        original(40_000);
        original(9);

        assertThat(original(10)).isEqualTo(FIRST + 65_536 + 10);
        assertThat(sequence.restarted()).isTrue();
    }

    @Test
    void aStrayPacketBetweenGoodOnesIsNoRestart() {
        original(1000);
        original(30_000);
        original(1001);

        assertThat(original(30_001)).isEqualTo(SourceSequence.OUTSIDE);
        assertThat(sequence.restarted()).isFalse();
        assertThat(original(1002)).isEqualTo(FIRST + 1002);
    }

    @Test
    void oldPacketsThatAreSentAgainAreNoRestart() {
        original(10_000);

        assertThat(sequence.onPacket(5000, true)).isEqualTo(SourceSequence.OUTSIDE);
        assertThat(sequence.onPacket(5001, true)).isEqualTo(SourceSequence.OUTSIDE);
        assertThat(sequence.restarted()).isFalse();
    }

    @Property
    void theLowBitsAreAlwaysThoseOfThePacket(
            @ForAll List<@IntRange(max = 65_535) Integer> numbers, @ForAll boolean retransmitted) {
        SourceSequence any = new SourceSequence(WINDOW);
        for (int number : numbers) {
            long extended = any.onPacket(number, retransmitted);
            if (extended != SourceSequence.OUTSIDE) {
                assertThat(extended & 0xFFFF).isEqualTo(number);
                assertThat(extended).isPositive().isGreaterThan(any.highest() - WINDOW);
            }
        }
    }

    private long original(int sequenceNumber) {
        return sequence.onPacket(sequenceNumber, false);
    }
}
