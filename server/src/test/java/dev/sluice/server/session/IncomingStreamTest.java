package dev.sluice.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IncomingStreamTest {

    private static final long MILLI = 1_000_000L;

    @Test
    void itsClockIsToldFiveTimesASecondAtMost() {
        IncomingStream stream = IncomingStreams.of(IncomingStreams.audio(), "", 1);
        assertThat(stream.mayTellClock(-7 * MILLI)).isTrue();
        assertThat(stream.mayTellClock(-7 * MILLI)).isFalse();
        assertThat(stream.mayTellClock(193 * MILLI - 1)).isFalse();
        assertThat(stream.mayTellClock(193 * MILLI)).isTrue();
        assertThat(stream.mayTellClock(392 * MILLI)).isFalse();
        assertThat(stream.mayTellClock(1_000 * MILLI)).isTrue();
    }
}
