package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.util.Random;

class SourceMappingTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int CLOCK_RATE_HZ = 90_000;

    private final SourceMapping mapping = new SourceMapping(CLOCK_RATE_HZ, new Random(1));

    @Test
    void withinOneSourceTheDistancesStay() {
        mapping.switchTo(1_000, 50_000, 0);
        int first = mapping.map(1_000, 50_000, 0);
        long timestamp = mapping.timestamp(50_000);
        assertThat(mapping.map(1_003, 53_000, SECOND)).isEqualTo((first + 3) & 0xFFFF);
        assertThat(mapping.timestamp(53_000)).isEqualTo((timestamp + 3_000) & 0xFFFF_FFFFL);
        assertThat(mapping.map(1_001, 51_000, SECOND)).isEqualTo((first + 1) & 0xFFFF);
    }

    @Test
    void theNextSourceGoesOnAfterTheHighestNumber() {
        mapping.switchTo(1_000, 0, 0);
        int first = mapping.map(1_000, 0, 0);
        mapping.map(1_009, 9_000, SECOND);
        mapping.map(1_004, 4_000, SECOND);
        mapping.switchTo(70_000_000, 123, 2 * SECOND);
        assertThat(mapping.map(70_000_000, 123, 2 * SECOND)).isEqualTo((first + 10) & 0xFFFF);
    }

    @Test
    void theTimestampGoesOnByTheTimeThatPassed() {
        mapping.switchTo(1, 4_000_000_000L, -SECOND);
        mapping.map(1, 4_000_000_000L, -SECOND);
        long before = mapping.timestamp(4_000_000_000L);
        mapping.switchTo(9, 77, 2 * SECOND);
        assertThat((mapping.timestamp(77) - before) & 0xFFFF_FFFFL).isEqualTo(3L * CLOCK_RATE_HZ);
    }

    @Test
    void theTimestampMovesEvenWhenNoTimePassed() {
        mapping.switchTo(1, 500, 0);
        mapping.map(1, 500, 0);
        long before = mapping.timestamp(500);
        mapping.switchTo(2, 500, 0);
        assertThat((mapping.timestamp(500) - before) & 0xFFFF_FFFFL).isEqualTo(1);
    }

    @Test
    void whatCameBeforeTheJoinIsNotOfTheStream() {
        mapping.switchTo(1_000, 0, 0);
        assertThat(mapping.isBeforeJoin(999)).isTrue();
        assertThat(mapping.isBeforeJoin(1_000)).isFalse();
    }

    @Test
    void startsInTheLowerHalfOfTheNumbers() {
        for (int seed = 0; seed < 100; seed++) {
            var fresh = new SourceMapping(CLOCK_RATE_HZ, new Random(seed));
            fresh.switchTo(65_535, 0, 0);
            assertThat(fresh.map(65_535, 0, 0)).isBetween(1, 1 << 15);
        }
    }

    @Property
    void aChainOfSourcesHasNoGap(
            @ForAll @LongRange(min = 0, max = 1L << 40) long start,
            @ForAll @IntRange(min = 1, max = 50) int packets,
            @ForAll @IntRange(min = 1, max = 20) int sources) {
        var chain = new SourceMapping(CLOCK_RATE_HZ, new Random(start));
        int expected = -1;
        for (int source = 0; source < sources; source++) {
            long first = start * (source + 1) % (1L << 41);
            chain.switchTo(first, source, source * SECOND);
            for (int i = 0; i < packets; i++) {
                int mapped = chain.map(first + i, source + i, source * SECOND);
                assertThat(expected < 0 || mapped == expected).isTrue();
                expected = (mapped + 1) & 0xFFFF;
            }
        }
    }
}
