package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class DurationTextTest {

    @Test
    void readsEachUnit() {
        assertThat(DurationText.parse("500ms")).contains(Duration.ofMillis(500));
        assertThat(DurationText.parse("10s")).contains(Duration.ofSeconds(10));
        assertThat(DurationText.parse("2m")).contains(Duration.ofMinutes(2));
        assertThat(DurationText.parse("1h")).contains(Duration.ofHours(1));
    }

    @Test
    void readsNothingElse() {
        assertThat(DurationText.parse("10")).isEmpty();
        assertThat(DurationText.parse("1.5s")).isEmpty();
        assertThat(DurationText.parse("10S")).isEmpty();
        assertThat(DurationText.parse("")).isEmpty();
    }

    @Test
    void writesTheLargestUnitThatFits() {
        assertThat(DurationText.of(Duration.ZERO)).isEqualTo("0s");
        assertThat(DurationText.of(Duration.ofMillis(1_500))).isEqualTo("1500ms");
        assertThat(DurationText.of(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(DurationText.of(Duration.ofMinutes(2))).isEqualTo("2m");
        assertThat(DurationText.of(Duration.ofMinutes(90))).isEqualTo("90m");
        assertThat(DurationText.of(Duration.ofDays(30))).isEqualTo("720h");
    }

    @Property
    void readsWhatItWrites(@ForAll @LongRange(min = 0, max = 100_000_000) long millis) {
        Duration duration = Duration.ofMillis(millis);

        assertThat(DurationText.parse(DurationText.of(duration))).contains(duration);
    }
}
