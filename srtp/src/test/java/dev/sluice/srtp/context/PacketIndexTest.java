package dev.sluice.srtp.context;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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

    /** RFC 3711 section 3.3.1 in numbers without limit: the index of that number nearest by. */
    @Property(seed = "42", tries = 3000)
    void followsAnyLossAndReorderingUpToHalfTheNumbers(
            @ForAll @LongRange(min = 0, max = (1L << 48) - (1L << 32)) long first,
            @ForAll @Size(max = 300) List<@IntRange(min = -32767, max = 32767) Integer> steps) {
        long highest = first;
        for (int step : steps) {
            long sent = highest + step;
            if (sent < 0) {
                continue;
            }
            int sequenceNumber = (int) (sent & 0xFFFF);
            long estimated = PacketIndex.estimate(highest, sequenceNumber);

            assertThat(estimated).isEqualTo(sent);
            assertThat(BigInteger.valueOf(estimated))
                    .isEqualTo(nearest(BigInteger.valueOf(highest), sequenceNumber));
            highest = Math.max(highest, estimated);
        }
    }

    private static BigInteger nearest(BigInteger highest, int sequenceNumber) {
        BigInteger round = BigInteger.ONE.shiftLeft(16);
        BigInteger sameRound =
                highest.divide(round).multiply(round).add(BigInteger.valueOf(sequenceNumber));
        return Stream.of(sameRound.subtract(round), sameRound, sameRound.add(round))
                .min(Comparator.comparing(index -> index.subtract(highest).abs()))
                .orElseThrow();
    }

    @Test
    void aFirstPacketJustBeforeTheWrapHasPredecessorsAndSuccessors() {
        assertThat(PacketIndex.estimate(65535, 65530)).isEqualTo(65530);
        assertThat(PacketIndex.estimate(65535, 40000)).isEqualTo(40000);
        assertThat(PacketIndex.estimate(65535, 3)).isEqualTo(0x1_0003);
    }
}
