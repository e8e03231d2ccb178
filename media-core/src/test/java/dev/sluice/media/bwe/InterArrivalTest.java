package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InterArrivalTest {

    private static final long MILLI = 1_000_000L;

    private final InterArrival interArrival = new InterArrival();

    @Test
    void comparesTheEndsOfGroupsOfFiveMillis() {
        assertThat(packet(0, 50)).isFalse();
        assertThat(packet(3, 54)).isFalse();
        assertThat(packet(20, 75)).isFalse(); // ends the first group, which has none before it
        assertThat(packet(24, 80)).isFalse();
        assertThat(packet(40, 95)).isTrue();
        assertThat(interArrival.sendDeltaNanos()).isEqualTo(21 * MILLI);
        assertThat(interArrival.arrivalDeltaNanos()).isEqualTo(26 * MILLI);
    }

    @Test
    void packetsThatArriveInABurstAreOneGroup() {
        packet(0, 50);
        packet(20, 100);
        assertThat(packet(40, 101)).isFalse();
        assertThat(packet(60, 102)).isFalse();
        assertThat(packet(80, 130)).isTrue();
        assertThat(interArrival.sendDeltaNanos()).isEqualTo(60 * MILLI);
        assertThat(interArrival.arrivalDeltaNanos()).isEqualTo(52 * MILLI);
    }

    @Test
    void ignoresPacketsSentBeforeTheGroup() {
        packet(0, 50);
        packet(20, 70);
        assertThat(packet(10, 71)).isFalse();
        assertThat(packet(40, 90)).isTrue();
        assertThat(interArrival.arrivalDeltaNanos()).isEqualTo(20 * MILLI);
    }

    @Test
    void beginsAnewAfterALeapOfTheReceiversClock() {
        packet(0, 50);
        packet(20, 70);
        assertThat(packet(40, 9_000)).isTrue();
        assertThat(packet(60, 9_020)).isFalse(); // the group before has leapt
        assertThat(packet(80, 9_040)).isFalse();
        assertThat(packet(100, 9_060)).isFalse();
        assertThat(packet(120, 9_080)).isTrue();
        assertThat(interArrival.arrivalDeltaNanos()).isEqualTo(20 * MILLI);
    }

    private boolean packet(long sentMillis, long arrivalMillis) {
        return interArrival.onPacket(
                sentMillis * MILLI, arrivalMillis * MILLI, sentMillis * MILLI + 100 * MILLI);
    }
}
