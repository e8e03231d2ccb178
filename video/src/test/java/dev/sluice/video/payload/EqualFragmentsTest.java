package dev.sluice.video.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class EqualFragmentsTest {

    /** libwebrtc, rtp_format_vp9_unittest.cc, TestTwoBytePictureId: 31 bytes at 10 each. */
    @Test
    void spreadsTheBytesOverTheFewestFragments() {
        assertThat(sizes(EqualFragments.of(31, 10, 0))).containsExactly(8, 8, 8, 7);
    }

    /**
     * The same, TestSsDataDoesNotFitInAveragePacket: 24 bytes at 19 each, 18 of the first taken.
     */
    @Test
    void leavesAByteForAFirstFragmentThatIsAlmostFull() {
        assertThat(sizes(EqualFragments.of(24, 19, 18))).containsExactly(1, 12, 11);
    }

    @Test
    void refusesAFirstFragmentWithoutRoom() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EqualFragments.of(5, 19, 19))
                .withMessageContaining("19");
    }

    @Property
    void allBytesFitAndNoFragmentIsEmpty(
            @ForAll @IntRange(min = 1, max = 5_000) int frameBytes,
            @ForAll @IntRange(min = 1, max = 1_500) int capacityBytes,
            @ForAll @IntRange(max = 1_499) int reservedBytes) {
        int reserved = reservedBytes % capacityBytes;
        EqualFragments fragments = EqualFragments.of(frameBytes, capacityBytes, reserved);

        int[] sizes = sizes(fragments);
        assertThat(IntStream.of(sizes).sum()).isEqualTo(frameBytes);
        assertThat(sizes[0]).isBetween(1, capacityBytes - reserved);
        assertThat(sizes).hasSize(Math.ceilDiv(frameBytes + reserved, capacityBytes));
        assertThat(IntStream.of(sizes).allMatch(size -> size >= 1 && size <= capacityBytes))
                .isTrue();
    }

    private static int[] sizes(EqualFragments fragments) {
        return IntStream.range(0, fragments.count()).map(fragments::sizeBytes).toArray();
    }
}
