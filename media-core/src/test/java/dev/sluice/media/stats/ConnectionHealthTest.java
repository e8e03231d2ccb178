package dev.sluice.media.stats;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionHealthTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /** Negative, as the monotonic clock of a real machine may be. */
    private static final long START = -9_876_543_210L;

    private final ConnectionHealth health = new ConnectionHealth(START);
    private long now = START;

    private HealthReport rated() {
        health.onHeard(now);
        health.update(now);
        return health.report();
    }

    @ParameterizedTest
    @CsvSource({
        "49.9, EXCELLENT",
        "50, GOOD",
        "99.9, GOOD",
        "100, FAIR",
        "199.9, FAIR",
        "200, POOR",
        "5000, POOR",
        "0, EXCELLENT"
    })
    void theRoundTripRates(double millis, HealthLevel level) {
        health.onRtt((long) (millis * MILLI), now);

        assertThat(rated().level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "0, EXCELLENT",
        "9, EXCELLENT",
        "10, GOOD",
        "29, GOOD",
        "30, FAIR",
        "49, FAIR",
        "50, POOR",
        "1000, POOR"
    })
    void theLossRates(long lostOfThousand, HealthLevel level) {
        health.onPackets(1_000, lostOfThousand, now);

        assertThat(rated().level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"19.9, EXCELLENT", "20, GOOD", "49.9, GOOD", "50, FAIR", "99.9, FAIR", "100, POOR"})
    void theJitterRates(double millis, HealthLevel level) {
        health.onJitter((long) (millis * MILLI), now);

        assertThat(rated().level()).isEqualTo(level);
    }

    @Test
    void theWorstFigureDecides() {
        health.onRtt(10 * MILLI, now);
        health.onJitter(2 * MILLI, now);
        health.onPackets(100, 4, now);

        assertThat(rated().level()).isEqualTo(HealthLevel.FAIR);
        assertThat(health.report().lossRatio()).isEqualTo(0.04);
        assertThat(health.report().rttNanos()).isEqualTo(10 * MILLI);
        assertThat(health.report().jitterNanos()).isEqualTo(2 * MILLI);
    }

    @Test
    void withoutSamplesNothingIsSaid() {
        assertThat(rated().level()).isEqualTo(HealthLevel.UNKNOWN);
        assertThat(health.report().score()).isEqualTo(HealthReport.UNKNOWN);
        assertThat(health.history()).isEmpty();
    }

    @Test
    void aPeerWithoutPacketsIsNotRatedByItsLoss() {
        health.onPackets(0, 0, now);

        assertThat(rated().level()).isEqualTo(HealthLevel.UNKNOWN);
    }

    @Test
    void whatIsOverIsForgotten() {
        health.onPackets(100, 50, now);
        assertThat(rated().level()).isEqualTo(HealthLevel.POOR);

        for (int second = 1; second <= 10; second++) {
            now += SECOND;
            health.onPackets(100, 0, now);
            rated();
        }

        assertThat(health.report().level()).isEqualTo(HealthLevel.EXCELLENT);
        assertThat(health.report().lossRatio()).isZero();
    }

    @Test
    void anOldFigureIsNotKnownAnyMore() {
        health.onRtt(10 * MILLI, now);
        rated();
        now += 10 * SECOND;

        assertThat(rated().level()).isEqualTo(HealthLevel.UNKNOWN);
        assertThat(health.report().rttNanos()).isEqualTo(HealthReport.UNKNOWN);
    }

    @Test
    void aLatePacketMakesUpForALoss() {
        health.onPackets(100, 3, now);
        now += SECOND;
        health.onPackets(100, -3, now);

        assertThat(rated().lossRatio()).isZero();
    }

    @Test
    void silenceOfFiveSecondsDisconnects() {
        health.onRtt(10 * MILLI, now);
        rated();
        now += ConnectionHealth.SILENCE_NANOS - 1;
        assertThat(health.update(now)).isNull();
        now += 1;

        HealthChange change = health.update(now);

        assertThat(change)
                .isEqualTo(
                        new HealthChange(HealthLevel.EXCELLENT, HealthLevel.DISCONNECTED, 0, now));
        health.onHeard(now);
        assertThat(health.update(now))
                .extracting(HealthChange::to)
                .isEqualTo(HealthLevel.EXCELLENT);
    }

    @Test
    void aChangeIsToldOnceAndRemembered() {
        health.onRtt(300 * MILLI, now);
        health.onHeard(now);

        HealthChange change = health.update(now);

        assertThat(change).extracting(HealthChange::to).isEqualTo(HealthLevel.POOR);
        assertThat(health.update(now + MILLI)).isNull();
        assertThat(health.history()).containsExactly(change);
        assertThat(health.report().sinceNanos()).isEqualTo(now);
    }

    @Test
    void theHistoryIsBounded() {
        for (int i = 0; i < 4 * ConnectionHealth.HISTORY; i++) {
            now += ConnectionHealth.SILENCE_NANOS;
            health.update(now);
            rated();
        }

        assertThat(health.history()).hasSize(ConnectionHealth.HISTORY);
        assertThat(health.history().getLast().atNanos()).isEqualTo(now);
    }

    @Property
    void theScoreFallsAsFiguresGrowAndStaysInTheBandOfItsLevel(
            @ForAll @LongRange(min = 0, max = 2_000) long millis,
            @ForAll @DoubleRange(min = 0, max = 2_000) double more) {
        int better = HealthScale.RTT_NANOS.score(millis * (double) MILLI);
        int worse = HealthScale.RTT_NANOS.score((millis + more) * MILLI);

        assertThat(worse).isLessThanOrEqualTo(better).isBetween(1, 100);
        assertThat(HealthScale.level(better)).isEqualTo(byBounds(millis));
    }

    private static HealthLevel byBounds(long millis) {
        if (millis < 50) {
            return HealthLevel.EXCELLENT;
        }
        if (millis < 100) {
            return HealthLevel.GOOD;
        }
        return millis < 200 ? HealthLevel.FAIR : HealthLevel.POOR;
    }
}
