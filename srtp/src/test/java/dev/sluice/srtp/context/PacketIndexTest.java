package dev.sluice.srtp.context;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

class PacketIndexTest {

    @Test
    void theFirstPacketStartsWithARolloverCounterOfZero() {
        assertThat(PacketIndex.estimate(ReplayWindow.NONE, 0)).isZero();
        assertThat(PacketIndex.estimate(ReplayWindow.NONE, 65535)).isEqualTo(65535);
    }

    @Test
    void wrapsForwardAndBack() {
        assertThat(PacketIndex.estimate(65535, 0)).isEqualTo(0x1_0000);
        assertThat(PacketIndex.estimate(65000, 300)).isEqualTo(0x1_012C);
        assertThat(PacketIndex.estimate(0x1_0002, 65534)).isEqualTo(65534);
        assertThat(PacketIndex.estimate(0x5_0002, 65534)).isEqualTo(0x4_FFFE);
    }

    /** The comparisons of RFC 3711 appendix A at their very edges. */
    @Test
    void halfTheNumbersAheadKeepTheRolloverCounter() {
        assertThat(PacketIndex.estimate(0x3_0000 + 100, 100 + 32768))
                .isEqualTo(0x3_0000 + 100 + 32768);
        assertThat(PacketIndex.estimate(0x3_0000 + 100, 100 + 32769))
                .isEqualTo(0x2_0000 + 100 + 32769);
        assertThat(PacketIndex.estimate(0x3_0000 + 40000, 40000 - 32768))
                .isEqualTo(0x3_0000 + 40000 - 32768);
        assertThat(PacketIndex.estimate(0x3_0000 + 40000, 40000 - 32769))
                .isEqualTo(0x4_0000 + 40000 - 32769);
    }

    @Test
    void aPacketFromBeforeTheFirstWrapHasNoIndex() {
        assertThat(PacketIndex.estimate(5, 65530)).isNegative();
    }

    @Property(seed = "42")
    void isTheSequenceNumbersNearestIndex(
            @ForAll @LongRange(min = 0, max = (1L << 48) - 1) long highest,
            @ForAll @IntRange(min = 0, max = 65535) int sequenceNumber) {
        long index = PacketIndex.estimate(highest, sequenceNumber);

        assertThat(index & 0xFFFF).isEqualTo(sequenceNumber);
        assertThat(Math.abs(index - highest)).isLessThanOrEqualTo(32768);
    }
}
