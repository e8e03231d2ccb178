package dev.sluice.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.receive.ReceptionStatistics;

import org.junit.jupiter.api.Test;

class IncomingStreamTest {

    private static final long MILLI = 1_000_000L;

    @Test
    void lossesAreCountedOnceAndGoOnAfterARestart() {
        IncomingStream stream = IncomingStreams.of(IncomingStreams.audio(), "", 1);
        ReceptionStatistics statistics = stream.receive().statistics();
        statistics.onPacket(100, 0, 0);
        statistics.onPacket(110, 0, 0);
        assertThat(stream.takeNewlyLost()).isEqualTo(9);
        assertThat(stream.takeNewlyLost()).isZero();
        statistics.onPacket(105, 0, 0);
        statistics.onPacket(112, 0, 0);
        assertThat(stream.takeNewlyLost()).as("a late one makes up for it").isZero();

        statistics.onRestart();
        statistics.onPacket(5_000, 0, 0);
        statistics.onPacket(5_003, 0, 0);
        assertThat(stream.takeNewlyLost()).isEqualTo(2);
    }

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
