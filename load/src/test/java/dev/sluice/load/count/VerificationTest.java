package dev.sluice.load.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.LongStream;

class VerificationTest {

    private static long taken(Verification verification, long from, long to) {
        return LongStream.range(from, to).filter(verification::takes).count();
    }

    @Test
    void takesEachPacketInFull() {
        assertThat(taken(Verification.FULL, 0, 10_000)).isEqualTo(10_000);
    }

    @Test
    void takesTheFirstHundredAndThenOneOfSixteen() {
        assertThat(taken(Verification.SAMPLE, 0, 100)).isEqualTo(100);
        assertThat(taken(Verification.SAMPLE, 160, 1_760)).isEqualTo(100);
    }

    @Test
    void takesNothingWhereNoneIsWanted() {
        assertThat(taken(Verification.NONE, 0, 10_000)).isZero();
    }
}
