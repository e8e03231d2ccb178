package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.LinkConditions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Objects;

/** Handshakes over bad networks, in virtual time: a lost flight costs no real time. */
class LossyHandshakeTest {

    private static final int SEEDS = 60;
    private static final LinkConditions NETWORK = LinkConditions.PERFECT.withDelayMillis(25);

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.3, 0.4})
    void completesWhereManyDatagramsAreLostBothWays(double lossRatio) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertConnects(seed, NETWORK.withLoss(lossRatio));
        }
    }

    @Test
    void completesWhereDatagramsOvertakeEachOtherAndComeTwice() {
        LinkConditions conditions =
                NETWORK.withReordering(0.4, 60).withDuplication(0.3).withJitterMillis(30);
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertConnects(seed, conditions.withLoss(0.1));
        }
    }

    @Test
    void aLosslessHandshakeRepeatsNothing() {
        var pair = new NetworkedPair(1, NETWORK);
        pair.drive();

        assertThat(pair.isConnected()).isTrue();
        // ClientHello, the server's flight, the client's, the server's Finished.
        assertThat(pair.sentDatagrams()).isLessThanOrEqualTo(6);
        pair.close();
    }

    private static void assertConnects(long seed, LinkConditions conditions) {
        var pair = new NetworkedPair(seed, conditions);
        pair.drive();

        assertThat(pair.isConnected())
                .as("seed %d: %s, %s", seed, pair.clientOutput.events, pair.serverOutput.events)
                .isTrue();
        assertThat(Objects.requireNonNull(pair.clientOutput.keys).local())
                .isEqualTo(Objects.requireNonNull(pair.serverOutput.keys).remote());
        pair.close();
    }
}
