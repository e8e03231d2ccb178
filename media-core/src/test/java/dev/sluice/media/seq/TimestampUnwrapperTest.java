package dev.sluice.media.seq;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.List;

class TimestampUnwrapperTest {

    private final TimestampUnwrapper unwrapper = new TimestampUnwrapper();

    @Test
    void goesOnThroughTheRollover() {
        assertThat(unwrapper.unwrap(0xFFFF_FF00L)).isEqualTo(0x1_FFFF_FF00L);
        assertThat(unwrapper.unwrap(0x100)).isEqualTo(0x2_0000_0100L);
        assertThat(unwrapper.unwrap(0xFFFF_FFFFL)).isEqualTo(0x1_FFFF_FFFFL);
        assertThat(unwrapper.unwrap(0x200)).isEqualTo(0x2_0000_0200L);
    }

    @Test
    void peekChangesNothing() {
        unwrapper.unwrap(0xC000_0000L);
        assertThat(unwrapper.peek(0x3000_0000L)).isEqualTo(0x2_3000_0000L);
        assertThat(unwrapper.peek(0x5000_0000L)).isEqualTo(0x1_5000_0000L);
    }

    @Property
    void keepsTheWireTimestampAndIsNeverNegative(@ForAll List<Integer> timestamps) {
        var fresh = new TimestampUnwrapper();
        for (int timestamp : timestamps) {
            long extended = fresh.unwrap(timestamp & 0xFFFF_FFFFL);
            assertThat(extended).isPositive();
            assertThat((int) extended).isEqualTo(timestamp);
        }
    }
}
