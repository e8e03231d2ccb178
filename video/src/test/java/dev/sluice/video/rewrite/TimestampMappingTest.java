package dev.sluice.video.rewrite;

import static dev.sluice.video.rewrite.TimestampMapping.NO_COMMON_CLOCK;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimestampMappingTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int CLOCK_RATE_HZ = 90_000;

    private final TimestampMapping mapping = new TimestampMapping(CLOCK_RATE_HZ, 4_294_967_000L);

    private void first(long timestamp, long nowNanos) {
        mapping.begin(timestamp, NO_COMMON_CLOCK, nowNanos);
        mapping.onSent(timestamp, nowNanos);
    }

    private long ticksSince(long before, long timestamp) {
        return (mapping.map(timestamp) - before) & 0xFFFF_FFFFL;
    }

    @Test
    void withinOneSourceTheDistancesStay() {
        first(50_000, 0);
        long before = mapping.last();
        assertThat(before).isEqualTo(4_294_967_001L);
        assertThat(ticksSince(before, 53_000)).isEqualTo(3_000);
        assertThat(mapping.offset()).isEqualTo((before - 50_000) & 0xFFFF_FFFFL);
    }

    @Test
    void anotherSourceGoesOnByTheTimeThatPassed() {
        first(4_000_000_000L, -SECOND);
        long before = mapping.last();
        mapping.begin(77, NO_COMMON_CLOCK, 2 * SECOND);
        assertThat(ticksSince(before, 77)).isEqualTo(3L * CLOCK_RATE_HZ);
    }

    @Test
    void itMovesEvenWhenNoTimePassed() {
        first(500, 0);
        long before = mapping.last();
        mapping.begin(500, NO_COMMON_CLOCK, 0);
        assertThat(ticksSince(before, 500)).isEqualTo(1);
    }

    @Test
    void aCommonClockIsBetterThanTheTimeOfArrival() {
        first(10_000, 0);
        long before = mapping.last();
        mapping.begin(900_000, 10_000 + 3_000, SECOND / 20);
        assertThat(ticksSince(before, 900_000)).isEqualTo(3_000);
    }

    @Test
    void aCommonClockThatSaysSomethingElseEntirelyIsNotBelieved() {
        first(10_000, 0);
        long before = mapping.last();
        mapping.begin(900_000, 10_000 + 10L * CLOCK_RATE_HZ, SECOND / 10);
        assertThat(ticksSince(before, 900_000)).isEqualTo(CLOCK_RATE_HZ / 10);
    }

    @Test
    void aPictureThatWasSentInTheOldSourceIsStillLaterInTheNewOne() {
        first(10_000, 0);
        long before = mapping.last();
        mapping.begin(900_000, 10_000, SECOND / 100);
        assertThat(ticksSince(before, 900_000)).isEqualTo(1);
    }

    @Test
    void aLatePacketDoesNotTurnTheClockBack() {
        first(10_000, 0);
        mapping.onSent(16_000, SECOND / 15);
        long newest = mapping.last();
        mapping.onSent(13_000, SECOND / 10);
        assertThat(mapping.last()).isEqualTo(newest);
    }
}
