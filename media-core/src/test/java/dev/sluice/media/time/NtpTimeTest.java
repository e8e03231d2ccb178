package dev.sluice.media.time;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class NtpTimeTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void unixEpochIs2208988800SecondsAfter1900() {
        assertThat(NtpTime.fromUnixNanos(0)).isEqualTo(2_208_988_800L << 32);
        assertThat(NtpTime.fromUnixNanos(SECOND / 2))
                .isEqualTo((2_208_988_800L << 32) | 0x8000_0000L);
    }

    /**
     * The example of RFC 3550 section 6.4.1: 10 Nov 1995 11:33:25.125 UTC is 0xb44db705.20000000.
     */
    @Test
    void matchesTheExampleOfRfc3550() {
        long unixNanos = Instant.parse("1995-11-10T11:33:25.125Z").toEpochMilli() * 1_000_000L;
        assertThat(NtpTime.fromUnixNanos(unixNanos)).isEqualTo(0xb44db705_20000000L);
        assertThat(NtpTime.compact(0xb44db705_20000000L)).isEqualTo(0xb7052000L);
        assertThat(NtpTime.nanosToCompact(5_250_000_000L)).isEqualTo(0x0005_4000L);
        assertThat(NtpTime.compactToNanos(0x0005_4000L)).isEqualTo(5_250_000_000L);
    }

    @Test
    void timesAfterTheEraOf2036SurviveTheWayBack() {
        long unixNanos = Instant.parse("2040-01-01T00:00:00Z").getEpochSecond() * SECOND;
        assertThat(NtpTime.toUnixNanos(NtpTime.fromUnixNanos(unixNanos))).isEqualTo(unixNanos);
    }

    @Test
    void compactSpansAreHeldToWhatFits() {
        assertThat(NtpTime.nanosToCompact(-1)).isZero();
        assertThat(NtpTime.nanosToCompact(Long.MAX_VALUE)).isEqualTo(0xFFFF_FFFFL);
        assertThat(NtpTime.compactToNanos(0xFFFF_FFFFL)).isEqualTo(65_535_999_984_741L);
    }

    @Test
    void wallClockAddsItsOffset() {
        var clock = new WallClock(-3 * SECOND);
        assertThat(clock.unixNanos(5 * SECOND)).isEqualTo(2 * SECOND);
        assertThat(clock.ntp(3 * SECOND)).isEqualTo(2_208_988_800L << 32);
    }

    @Property
    void everyTimeSurvivesTheWayThereAndBack(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L * SECOND) long nanos) {
        assertThat(NtpTime.toUnixNanos(NtpTime.fromUnixNanos(nanos))).isEqualTo(nanos);
    }

    @Property
    void compactSpansSurviveToOneUnit(
            @ForAll @LongRange(min = 0, max = 60_000 * SECOND) long nanos) {
        assertThat(NtpTime.compactToNanos(NtpTime.nanosToCompact(nanos)))
                .isBetween(nanos - 15_260, nanos);
    }
}
