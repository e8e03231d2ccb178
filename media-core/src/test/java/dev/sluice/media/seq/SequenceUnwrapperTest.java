package dev.sluice.media.seq;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.List;

class SequenceUnwrapperTest {

    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();

    @Test
    void firstNumberStartsOneCycleAboveZero() {
        assertThat(unwrapper.unwrap(5)).isEqualTo(65536 + 5);
        assertThat(unwrapper.unwrap(65535)).isEqualTo(65535);
    }

    @Test
    void countsOnThroughManyRollovers() {
        for (long n = 65536; n < 65536 + 300_000; n++) {
            assertThat(unwrapper.unwrap((int) (n & 0xFFFF))).isEqualTo(n);
        }
    }

    @Test
    void lateNumberFromBeforeTheRolloverKeepsItsCycle() {
        assertThat(unwrapper.unwrap(65534)).isEqualTo(131070);
        assertThat(unwrapper.unwrap(1)).isEqualTo(131073);
        assertThat(unwrapper.unwrap(65535)).isEqualTo(131071);
        assertThat(unwrapper.unwrap(2)).isEqualTo(131074);
    }

    @Test
    void peekChangesNothing() {
        assertThat(unwrapper.peek(9)).isEqualTo(65545);
        unwrapper.unwrap(60000);
        assertThat(unwrapper.peek(10)).isEqualTo(65536 * 2 + 10);
        assertThat(unwrapper.peek(20000)).isEqualTo(65536 * 2 + 20000);
        assertThat(unwrapper.peek(10000)).isEqualTo(65536 * 2 + 10000);
        assertThat(unwrapper.peek(59999)).isEqualTo(65536 + 59999);
    }

    @Property
    void keepsTheWireNumberAndIsNeverNegative(
            @ForAll List<@IntRange(max = 65535) Integer> numbers) {
        var fresh = new SequenceUnwrapper();
        for (int number : numbers) {
            long extended = fresh.unwrap(number);
            assertThat(extended).isPositive();
            assertThat((int) (extended & 0xFFFF)).isEqualTo(number);
        }
    }
}
